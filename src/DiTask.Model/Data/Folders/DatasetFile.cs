using System.IO.Hashing;
using System.Text;
using DiTask.Model.Vision;

namespace DiTask.Model.Data.Folders;

/// <summary>Reads files of a data set; whatever goes wrong with one is a <see cref="DatasetException"/> that names it.</summary>
internal static class DatasetFile
{
    private const long MaxImageBytes = 512L << 20;

    /// <summary>What a picture may cost.</summary>
    public static DecodeLimits Limits { get; } = new();

    /// <summary>Runs a reader.</summary>
    /// <exception cref="DatasetException">The file is missing, locked or not what it should be.</exception>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"'{path}' does not exist.", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new DatasetException($"'{path}': expected UTF-8 text; found another encoding at byte {error.Index}.", error);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ImageRejectedException)
        {
            // Readers that know the file's name have begun with it.
            string message = error.Message.StartsWith('\'') ? error.Message[(error.Message.IndexOf('\'', 1) + 1)..].TrimStart(':', ' ') : error.Message;
            throw new DatasetException($"'{path}': {message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>The whole file.</summary>
    public static byte[] Bytes(string path, long maxBytes, string expected) => Read(path, file =>
    {
        long length = new FileInfo(file).Length;
        return length <= maxBytes ? File.ReadAllBytes(file) : throw new InvalidDataException($"expected {expected}; found {length} bytes, the limit is {maxBytes}");
    });

    /// <summary>An upright colour picture.</summary>
    public static RgbImage Image(string path) => Read(path, file => ImageDecoder.Decode(Bytes(file, MaxImageBytes, "an image"), Limits));

    /// <summary>What a picture's header says.</summary>
    public static ImageHeader Header(string path) => Read(path, file => ImageDecoder.Identify(Bytes(file, MaxImageBytes, "an image")));

    /// <summary>The stored samples of a PNG.</summary>
    public static PngSamples Png(string path) => Read(path, file => PngReader.Read(Bytes(file, MaxImageBytes, "a PNG"), Limits.MaxPixels, Crc32.HashToUInt32));

    /// <summary>A NumPy array.</summary>
    public static NpyArray Npy(string path) => Read(path, file => NpyArray.Read(file, 3 * Limits.MaxPixels));
}
