using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Model.Checkpoints;
using DiTask.Model.Files;
using DiTask.Model.Folding;

namespace DiTask.Model.Training.Runs;

/// <summary>
/// The states that a run can go on from, one folder each: tensors, and a position that is written last and holds the digest of both.
/// A folder gets its name when it is whole, and the name is new; whatever the process dies at, the newest good one is found.
/// </summary>
/// <param name="path">The folder of all of them.</param>
/// <param name="keep">How many to keep.</param>
internal sealed class CheckpointFolder(string path, int keep)
{
    private const string Tensors = "tensors.safetensors";
    private const string Position = "position.json";
    private const string Prefix = "step-";
    private const int Digits = 12;
    private const int RevisionDigits = 4;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes a state, then removes those that are too many, and those that are further than it: the run has gone another way.</summary>
    /// <exception cref="IOException">It cannot be written; the older ones are still there.</exception>
    public void Write(RunPosition position, IReadOnlyList<HostTensor> tensors)
    {
        Directory.CreateDirectory(path);
        string name = FreeName(position.Step);
        using (StagedFolder staged = new(name))
        {
            string file = Path.Combine(staged.Path, Tensors);
            SafetensorsWriter.Write(file, tensors);
            AtomicFile.Write(Path.Combine(staged.Path, Position), stream => JsonSerializer.Serialize(stream, position with { Digest = Digest(position, file) }, Json));
            staged.Publish();
        }

        string[] all = [.. Names()];
        int written = Array.IndexOf(all, name);
        foreach (string old in all.Where((_, index) => index < written || index >= written + keep))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>The newest state that is whole; null when there is none. What a killed process was writing is removed.</summary>
    /// <param name="notice">Receives why newer ones are not used.</param>
    public SavedRun? Newest(Action<string> notice)
    {
        RemoveUnfinished();
        foreach (string folder in Names())
        {
            try
            {
                using FileStream stream = File.OpenRead(Path.Combine(folder, Position));
                RunPosition position = JsonSerializer.Deserialize<RunPosition>(stream, Json) ?? throw new InvalidDataException($"'{Position}' is empty");
                string tensors = Path.Combine(folder, Tensors);
                return Digest(position, tensors) == position.Digest ? new SavedRun(position, tensors) : throw new InvalidDataException("it is not what was written");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
            {
                notice($"checkpoint '{Path.GetFileName(folder)}' is left out: {error.Message}");
            }
        }

        return null;
    }

    // Of the numbers as they are read, not of the file: what is not read cannot do harm.
    private static string Digest(RunPosition position, string tensorFile)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(position with { Digest = "" }, Json));
        using FileStream stream = File.OpenRead(tensorFile);
        hash.AppendData(SHA256.HashData(stream));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The end of an epoch has the step of its last batch. Replacing a folder takes two moves, and a process that died between them would have lost the state.
    private string FreeName(long step) => Enumerable.Range(0, int.MaxValue)
        .Select(revision => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D12}.{revision:D4}")))
        .First(name => !Directory.Exists(name));

    private void RemoveUnfinished()
    {
        foreach (string folder in Directory.Exists(path) ? Directory.GetDirectories(path, $".{Prefix}*.partial") : [])
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Newest first: the numbers have one length.
    private IEnumerable<string> Names() => Directory.Exists(path)
        ? Directory.GetDirectories(path, Prefix + "*").Where(name => Path.GetFileName(name).Length == Prefix.Length + Digits + 1 + RevisionDigits).OrderDescending(StringComparer.Ordinal)
        : [];
}
