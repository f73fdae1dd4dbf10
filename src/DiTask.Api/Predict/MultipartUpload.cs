using System.Text;
using DiTask.Api.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Predict;

/// <summary>Reads multipart/form-data part by part as it arrives: nothing goes to disk, nothing is read that a limit forbids.</summary>
internal sealed class MultipartUpload(LimitsOptions limits, PredictRequest result, bool canFetch)
{
    private const string ImageField = "image";
    private const string UrlField = "url";
    private const string OptionsField = "options";
    private const int MaxBoundaryLength = 70; // RFC 2046, 5.1.1
    private const int MaxTextBytes = 64 * 1024;
    private const int MaxFields = 64;

    private int parts;

    /// <exception cref="RequestErrorException">The body is not multipart, or has too many parts.</exception>
    public async Task ReadAsync(Stream body, MediaTypeHeaderValue type, CancellationToken cancellation)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength)
        {
            throw Malformed($"Expected a boundary of 1 to {MaxBoundaryLength} characters in Content-Type; found {boundary.Length}.");
        }

        MultipartReader reader = new(boundary, body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation).ConfigureAwait(false) is { } section)
            {
                await ReadSectionAsync(section, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw Malformed("Expected parts that end with the boundary of Content-Type; found an incomplete or oversized part.");
        }
    }

    private static RequestErrorException Malformed(string detail) => new(new(ErrorCode.MalformedMultipart, detail));

    private static string FileId(ContentDispositionHeaderValue disposition)
    {
        string name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

        // Some clients send a whole path; only its last part names the image.
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    private async Task ReadSectionAsync(MultipartSection section, CancellationToken cancellation)
    {
        if (++parts > MaxFields + limits.MaxImages)
        {
            throw Malformed($"Expected at most {MaxFields} fields beside the images; found more.");
        }

        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
        {
            throw Malformed("Expected a Content-Disposition in every part; found a part without.");
        }

        string name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (name == ImageField)
        {
            await ReadImageAsync(section.Body, FileId(disposition), cancellation).ConfigureAwait(false);
            return;
        }

        string text = await ReadTextAsync(section.Body, name, cancellation).ConfigureAwait(false);
        if (name == UrlField && text.Length > 0)
        {
            AddAddress(text);
        }
        else if (name == OptionsField && text.Length > 0)
        {
            OptionsJson.Read(text, result.Options);
        }
        else if (text.Length > 0)
        {
            // Forms in browsers send their empty fields too: nothing was said there.
            result.Options.Add(new OptionValue(name, text, "/form/" + NearestName.Short(name)));
        }
    }

    private async Task ReadImageAsync(Stream body, string fileName, CancellationToken cancellation)
    {
        RequireRoom();
        string id = result.NewId(fileName, result.Images.Count);
        UploadedImage image = await UploadReader.ReadImageAsync(body, id, limits, cancellation).ConfigureAwait(false);
        if (fileName.Length == 0 && image.Bytes.IsEmpty && image.Error is null)
        {
            // A form in a browser sends this for a file that nobody chose.
            image.Dispose();
            return;
        }

        result.Images.Add(image);
    }

    private void AddAddress(string address)
    {
        if (canFetch)
        {
            RequireRoom();
            result.Images.Add(UploadedImage.At(address, result.NewId(null, result.Images.Count)));
            return;
        }

        result.Problems.Add((
            ErrorCode.UrlRefused, "/form/" + UrlField, $"This service does not fetch images from addresses, ImageUrls:Enabled: send their bytes as part '{ImageField}'."));
    }

    private void RequireRoom()
    {
        if (result.Images.Count == limits.MaxImages)
        {
            throw LimitErrors.TooManyImages(limits, "more");
        }
    }

    private static async Task<string> ReadTextAsync(Stream body, string name, CancellationToken cancellation)
    {
        using RentedBytes bytes = await RentedBytes.ReadAsync(body, MaxTextBytes, cancellation).ConfigureAwait(false);
        return bytes.TotalBytes <= MaxTextBytes
            ? Encoding.UTF8.GetString(bytes.Memory.Span)
            : throw Malformed($"Field '{NearestName.Short(name)}' has at most {MaxTextBytes} bytes; found {bytes.TotalBytes}.");
    }
}
