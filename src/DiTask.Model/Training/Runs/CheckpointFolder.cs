using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Model.Checkpoints;
using DiTask.Model.Files;
using DiTask.Model.Folding;

namespace DiTask.Model.Training.Runs;

/// <summary>
/// The states that a run can go on from, one folder each: tensors, and a position that is written last and holds their digest.
/// A folder gets its name when it is whole; whatever the process dies at, the newest good one is found.
/// </summary>
/// <param name="path">The folder of all of them.</param>
/// <param name="keep">How many to keep.</param>
internal sealed class CheckpointFolder(string path, int keep)
{
    private const string Tensors = "tensors.safetensors";
    private const string Position = "position.json";
    private const string Prefix = "step-";
    private const int Digits = 12;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes a state, then removes those that are too many.</summary>
    /// <exception cref="IOException">It cannot be written; the older ones are still there.</exception>
    public void Write(RunPosition position, IReadOnlyList<HostTensor> tensors)
    {
        Directory.CreateDirectory(path);
        string name = Path.Combine(path, NameOf(position.Step));
        using (StagedFolder staged = new(name))
        {
            SafetensorsWriter.Write(Path.Combine(staged.Path, Tensors), tensors);
            string digest = Digest(Path.Combine(staged.Path, Tensors));
            AtomicFile.Write(Path.Combine(staged.Path, Position), stream => JsonSerializer.Serialize(stream, position with { TensorDigest = digest }, Json));
            staged.Publish();
        }

        foreach (string old in Names().Skip(keep))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>The newest state that is whole; null when there is none.</summary>
    /// <param name="notice">Receives why newer ones are not used.</param>
    public SavedRun? Newest(Action<string> notice)
    {
        foreach (string folder in Names())
        {
            try
            {
                using FileStream stream = File.OpenRead(Path.Combine(folder, Position));
                RunPosition position = JsonSerializer.Deserialize<RunPosition>(stream, Json) ?? throw new InvalidDataException($"'{Position}' is empty");
                string tensors = Path.Combine(folder, Tensors);
                return Digest(tensors) == position.TensorDigest ? new SavedRun(position, tensors) : throw new InvalidDataException($"'{Tensors}' is not what was written");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
            {
                notice($"checkpoint '{Path.GetFileName(folder)}' is left out: {error.Message}");
            }
        }

        return null;
    }

    private static string NameOf(long step) => Prefix + step.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');

    private static string Digest(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // Newest first: the numbers have one length.
    private IEnumerable<string> Names() => Directory.Exists(path)
        ? Directory.GetDirectories(path, Prefix + "*").Where(name => Path.GetFileName(name).Length == Prefix.Length + Digits).OrderDescending(StringComparer.Ordinal)
        : [];
}
