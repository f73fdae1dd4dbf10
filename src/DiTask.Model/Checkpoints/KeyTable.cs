using System.Globalization;

namespace DiTask.Model.Checkpoints;

/// <summary>Questions to the keys and shapes of a checkpoint; what does not fit is collected, so that all of it can be told at once.</summary>
internal sealed class KeyTable(CheckpointFile file)
{
    public CheckpointFile File { get; } = file;

    /// <summary>Why the checkpoint cannot be used.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What is odd about it.</summary>
    public List<string> Notes { get; } = [];

    public IEnumerable<string> Keys => File.Tensors.Keys;

    public bool Has(string key) => File.Tensors.ContainsKey(key);

    /// <summary>Shape of <paramref name="key"/>, or null when it is not there.</summary>
    public IReadOnlyList<int>? Shape(string key) => File.Tensors.TryGetValue(key, out StoredTensor? tensor) ? tensor.Shape : null;

    /// <summary>Shape of <paramref name="key"/>; a missing key or another rank is a problem, and gives null.</summary>
    public IReadOnlyList<int>? Require(string key, int rank)
    {
        IReadOnlyList<int>? shape = Shape(key);
        if (shape is null)
        {
            Problems.Add($"'{key}' is missing");
            return null;
        }

        if (shape.Count != rank || shape.Contains(0))
        {
            Problems.Add($"'{key}' is [{string.Join(',', shape)}], expected {rank} sizes above 0");
            return null;
        }

        return shape;
    }

    /// <summary>What stands between <paramref name="prefix"/> and the next dot, once each, in the file's order.</summary>
    public IReadOnlyList<string> NamesBelow(string prefix)
    {
        var names = new OrderedDictionary<string, bool>();
        foreach (string key in Keys)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                int end = key.IndexOf('.', prefix.Length);
                names[end < 0 ? key[prefix.Length..] : key[prefix.Length..end]] = true;
            }
        }

        return [.. names.Keys];
    }

    /// <summary>How many modules a numbered list below <paramref name="prefix"/> has; a hole in it is a problem.</summary>
    public int CountBelow(string prefix)
    {
        HashSet<int> numbers = [.. NamesBelow(prefix).Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        numbers.Remove(-1);
        int count = 0;
        while (numbers.Contains(count))
        {
            count++;
        }

        if (count != numbers.Count)
        {
            Problems.Add($"'{prefix}{count}' is missing, '{prefix}{numbers.Max()}' is there");
        }

        return count;
    }
}
