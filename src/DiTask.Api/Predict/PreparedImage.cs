using DiTask.Api.Models;
using DiTask.Api.Problems;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>One image of a request on its way: first its header, then the model's input, or why it stops here.</summary>
internal sealed class PreparedImage(UploadedImage upload) : IDisposable
{
    public string Id => upload.Id;

    public ReadOnlyMemory<byte> Bytes => upload.Bytes;

    /// <summary>What the header says; null when it could not be read.</summary>
    public ImageHeader? Header { get; set; }

    /// <summary>Columns and rows of its maps.</summary>
    public (int Width, int Height) MapSize { get; set; }

    /// <summary>Why it has no maps; null when it has.</summary>
    public RequestError? Error { get; set; } = upload.Error;

    /// <summary>The model's input, once it is decoded.</summary>
    public ModelInput? Input { get; set; }

    /// <summary>The upright picture, kept when overlays blend with it.</summary>
    public RgbImage? Photo { get; set; }

    /// <summary>Share of the pixel memory that the photo holds.</summary>
    public IDisposable? MemoryShare { get; set; }

    public TimeSpan DecodeTime { get; set; }

    public TimeSpan PreprocessTime { get; set; }

    public void Dispose()
    {
        Input?.Dispose();
        Photo?.Dispose();
        MemoryShare?.Dispose();
    }
}
