using DiTask.Api.Models;
using DiTask.Api.Problems;
using DiTask.Api.Tracing;
using DiTask.Model.Vision;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict;

/// <summary>Bytes of an image to the model's input. What is wrong with one image stays with it.</summary>
internal sealed class ImagePreparer(CpuPool cpu, MemoryBudget memory, IOptions<LimitsOptions> limits, TimeProvider time)
{
    private const string ImageTag = "ditask.image";
    private const int MemoryRetrySeconds = 1;

    private readonly LimitsOptions limits = limits.Value;

    /// <summary>Reads the header: format, pixels, size of the maps.</summary>
    public void ReadHeader(PreparedImage image, PredictOptions options, int modelSize)
    {
        if (image.Error is not null)
        {
            return;
        }

        try
        {
            ImageHeader header = ImageDecoder.Identify(image.Bytes.Span);
            image.Header = header;
            image.MapSize = options.Size.Resolve(modelSize, header.Width, header.Height);
            if (header.PixelCount > limits.MaxImagePixels)
            {
                image.Error = new(
                    ErrorCode.TooManyPixels,
                    $"An image has at most {limits.MaxImagePixels} pixels, Limits:MaxImagePixels; found {header.Width}x{header.Height} = {header.PixelCount}.");
            }
            else if (header.DecodeBytes > limits.DecodeMemoryBytes)
            {
                image.Error = new(
                    ErrorCode.TooManyPixels,
                    $"Decoding an image takes at most {limits.DecodeMemoryBytes} bytes, Limits:DecodeMemoryBytes; found {header.Width}x{header.Height} pixels of a kind that takes {header.DecodeBytes}.");
            }
            else if ((long)image.MapSize.Width * image.MapSize.Height > limits.MaxMapPixels)
            {
                image.Error = new(
                    ErrorCode.TooManyPixels,
                    $"A map has at most {limits.MaxMapPixels} pixels, Limits:MaxMapPixels; size=source asks for {header.Width}x{header.Height} = {header.PixelCount}.");
            }
        }
        catch (ImageRejectedException exception)
        {
            image.Error = Translate(exception);
        }
    }

    /// <summary>Decodes and preprocesses, within the memory and the processors set aside for it.</summary>
    /// <exception cref="RequestErrorException">The memory stayed full.</exception>
    public async Task DecodeAsync(PreparedImage image, PredictOptions options, ServedModel model, CancellationToken cancellation)
    {
        if (image.Error is not null || image.Header is not { } header)
        {
            return;
        }

        long bytes = header.DecodeBytes;
        IDisposable share = await memory.TryEnterAsync(bytes, cancellation).ConfigureAwait(false)
            ?? throw new RequestErrorException(new(
                ErrorCode.MemoryBudget,
                $"Decoding needs {bytes} bytes of the {limits.DecodeMemoryBytes} set aside, Limits:DecodeMemoryBytes, and they were in use for Limits:DecodeMemoryWait.")
            {
                RetryAfterSeconds = MemoryRetrySeconds,
            });
        image.MemoryShare = share;
        await cpu.RunAsync(() => Decode(image, options, model, cancellation), cancellation).ConfigureAwait(false);
        if (image.Photo is null)
        {
            share.Dispose();
        }
    }

    private bool Decode(PreparedImage image, PredictOptions options, ServedModel model, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        try
        {
            RgbImage photo;
            using (Traces.Start("decode", ImageTag, image.Id))
            {
                DecodeLimits decode = new() { MaxPixels = limits.MaxImagePixels, MaxBytes = limits.DecodeMemoryBytes };
                photo = ImageDecoder.Decode(image.Bytes.Span, decode, cancellation);
            }

            image.Photo = photo;
            image.DecodeTime = time.GetElapsedTime(start);
            start = time.GetTimestamp();
            image.Input = new ModelInput(model.SlotLength, options.Tasks);
            using (Traces.Start("preprocess", ImageTag, image.Id))
            {
                model.Preprocessing.Fill(photo, image.Input.Slot.Span);
            }

            image.PreprocessTime = time.GetElapsedTime(start);
            if (options.OverlayAlpha is null)
            {
                image.Photo = null;
                photo.Dispose();
            }

            return true;
        }
        catch (ImageRejectedException exception)
        {
            image.Error = Translate(exception);
            return false;
        }
    }

    private static RequestError Translate(ImageRejectedException exception) => exception.Reason switch
    {
        ImageRejection.Empty => new(ErrorCode.ImageEmpty, exception.Message),
        ImageRejection.TooManyPixels => new(ErrorCode.TooManyPixels, exception.Message),
        ImageRejection.UnsupportedFormat => new(ErrorCode.UnsupportedImageFormat, exception.Message) { Header = ("Accept", UploadReader.AcceptedTypes) },
        _ => new(ErrorCode.ImageUndecodable, exception.Message),
    };
}
