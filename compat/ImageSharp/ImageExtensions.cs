using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;

namespace SixLabors.ImageSharp;

public static class ImageExtensions
{
    public static void Save(this Image source, string path) => Save(source, path, DetectEncoder(path));

    public static void Save(this Image source, string path, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoder);
        using FileStream file = File.Create(path);
        source.Save(file, encoder);
    }

    public static void SaveAsPng(this Image source, string path) => Save(source, path, new PngEncoder());

    public static void SaveAsPng(this Image source, string path, PngEncoder encoder) => Save(source, path, encoder ?? new PngEncoder());

    public static void SaveAsPng(this Image source, Stream stream) => SaveAsPng(source, stream, new PngEncoder());

    public static void SaveAsPng(this Image source, Stream stream, PngEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Save(stream, encoder ?? new PngEncoder());
    }

    public static void SaveAsJpeg(this Image source, string path) => Save(source, path, new JpegEncoder());

    public static void SaveAsJpeg(this Image source, string path, JpegEncoder encoder) => Save(source, path, encoder ?? new JpegEncoder());

    public static void SaveAsJpeg(this Image source, Stream stream) => SaveAsJpeg(source, stream, new JpegEncoder());

    public static void SaveAsJpeg(this Image source, Stream stream, JpegEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Save(stream, encoder ?? new JpegEncoder());
    }

    private static IImageEncoder DetectEncoder(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path).TrimStart('.');
        return PngFormat.Instance.FileExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase) ? new PngEncoder()
            : JpegFormat.Instance.FileExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase) ? new JpegEncoder()
            : throw new UnknownImageFormatException($"No encoder for extension '{extension}': this subset writes PNG and JPEG.");
    }
}
