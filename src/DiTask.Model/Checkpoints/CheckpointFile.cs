using System.Security.Cryptography;
using System.Text;

namespace DiTask.Model.Checkpoints;

/// <summary>A checkpoint opened for reading: names, types and shapes at once, values on demand.</summary>
/// <remarks>
/// <b>Memory:</b> follows the file's real size, whatever the file claims. Nothing in a file is executed.
/// <b>Threads:</b> tensors may be read by several at a time.
/// </remarks>
public sealed class CheckpointFile : IDisposable
{
    private readonly ByteSource source;
    private readonly CheckpointContent content;
    private readonly Lazy<string> sha256;

    private CheckpointFile(ByteSource source, CheckpointContent content)
    {
        this.source = source;
        this.content = content;
        sha256 = new Lazy<string>(Digest);
    }

    /// <summary>The path as it was given.</summary>
    public string Path => source.Path;

    /// <summary>Bytes of the file.</summary>
    public long Length => source.Length;

    /// <summary>Layout of the file, by its first bytes.</summary>
    public CheckpointFormat Format => content.Format;

    /// <summary>
    /// The model's state dict in the file's order: what is under <c>model</c>, else under <c>state_dict</c>, else the file itself;
    /// a prefix <c>module.</c> is removed.
    /// </summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => content.Tensors;

    /// <summary>The training configuration inside the file; null when there is none or it cannot be read.</summary>
    public EmbeddedConfig? Config => content.Config;

    /// <summary>Why a configuration that is in the file could not be read; null otherwise.</summary>
    public string? ConfigProblem => content.ConfigProblem;

    /// <summary>The last epoch that was trained, counted from 0; null when the file does not say.</summary>
    public int? Epoch => content.Epoch;

    /// <summary>Texts beside the tensors of a safetensors file; empty otherwise.</summary>
    public IReadOnlyDictionary<string, string> Metadata => content.Metadata;

    /// <summary>Digest of the file's bytes, lower-case hex. Computed when it is first asked for.</summary>
    /// <exception cref="CheckpointException">The file cannot be read any more.</exception>
    public string Sha256 => sha256.Value;

    /// <summary>Reads names, types and shapes of <paramref name="path"/>; the extension does not matter.</summary>
    /// <exception cref="CheckpointException">The file is missing, of another kind, cut off, damaged or hostile.</exception>
    public static CheckpointFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ByteSource source = ByteSource.Open(path);
        try
        {
            return new CheckpointFile(source, Read(source));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file; tensors can no longer be read.</summary>
    public void Dispose() => source.Dispose();

    private static CheckpointContent Read(ByteSource source)
    {
        byte[] head = source.Read(0, (int)Math.Min(source.Length, 16));
        ReadOnlySpan<byte> magic = head;
        // First, since the length that safetensors begins with may have the bytes of any other magic number.
        if (magic.Length > sizeof(ulong) && magic[sizeof(ulong)] == '{')
        {
            return SafetensorsReader.Read(source);
        }

        if (magic.StartsWith("PK"u8))
        {
            return StateDict.Read(PthReader.Read(source), CheckpointFormat.TorchZip);
        }

        if (magic.Length > 1 && magic[0] == 0x80 && magic[1] <= 5)
        {
            return StateDict.Read(LegacyPthReader.Read(source), CheckpointFormat.TorchLegacy);
        }

        throw source.Fail("is no checkpoint", 0, expected: "a zip or pickle of torch.save, or safetensors", found: Kind(head));
    }

    // What people hand in by mistake; the name saves them a hex dump.
    private static string Kind(byte[] head)
    {
        string text = Encoding.Latin1.GetString(head);
        return text switch
        {
            "" => "an empty file",
            _ when text.StartsWith("version https://", StringComparison.Ordinal) => "a Git LFS pointer; fetch the file itself",
            _ when text.TrimStart().StartsWith('<') => "an HTML or XML page, perhaps a failed download",
            _ when text.StartsWith("\u001f\u008b", StringComparison.Ordinal) => "a gzip file",
            _ when text.StartsWith("\u0089HDF", StringComparison.Ordinal) => "an HDF5 file",
            _ => "bytes " + Convert.ToHexStringLower(head),
        };
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[1 << 20];
        for (long offset = 0; offset < source.Length; offset += chunk.Length)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, source.Length - offset));
            source.Read(offset, part);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
