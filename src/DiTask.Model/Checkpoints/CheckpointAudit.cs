using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>A checkpoint's keys against those of its model.</summary>
/// <param name="Missing">Keys that the model needs and the file lacks, with their shapes.</param>
/// <param name="WrongShapes">Keys that have another shape than the model needs, as sentences.</param>
/// <param name="Unused">Keys that the model does not know.</param>
/// <param name="Ignored">Keys that are known to have no use here: a classifier and its norm in a backbone.</param>
internal sealed record CheckpointAudit(
    IReadOnlyList<string> Missing, IReadOnlyList<string> WrongShapes, IReadOnlyList<string> Unused, IReadOnlyList<string> Ignored)
{
    private const int MostListed = 20;

    /// <summary>Compares <paramref name="file"/> with what <paramref name="config"/> asks for.</summary>
    public static CheckpointAudit Of(CheckpointFile file, ModelConfig config)
    {
        IReadOnlyList<ExpectedTensor> expected = KeyCatalog.Of(config, file.Tensors.ContainsKey);
        List<string> missing = [];
        List<string> wrong = [];
        foreach (ExpectedTensor tensor in expected.Where(tensor => !tensor.Derived))
        {
            string shape = $"[{string.Join(',', tensor.Shape)}]";
            if (!file.Tensors.TryGetValue(tensor.Key, out StoredTensor? stored))
            {
                missing.Add($"{tensor.Key} {shape}");
            }
            else if (!stored.Shape.SequenceEqual(tensor.Shape))
            {
                wrong.Add($"'{tensor.Key}' is [{string.Join(',', stored.Shape)}], the model needs {shape}");
            }
        }

        HashSet<string> known = [.. expected.Select(tensor => tensor.Key)];
        string[] foreignHeads = [.. config.Tasks.Where(task => task.Head != HeadKind.Hrnet).Select(task => $"decoders.decoders.{task.Name}.")];
        string[] unknown = [.. file.Tensors.Keys.Where(key => !known.Contains(key) && !Array.Exists(foreignHeads, head => key.StartsWith(head, StringComparison.Ordinal)))];
        string prefix = config.Backbone.KeyPrefix;
        HashSet<string> ignorable = [prefix + "norm.weight", prefix + "norm.bias", prefix + "head.weight", prefix + "head.bias"];
        return new CheckpointAudit(missing, wrong, [.. unknown.Where(key => !ignorable.Contains(key))], [.. unknown.Where(ignorable.Contains)]);
    }

    /// <summary>Stops a checkpoint that lacks what its model needs, with everything that does not fit.</summary>
    /// <exception cref="CheckpointException">A key is missing or has another shape. Keys that the model does not know are named too, but do not stop it alone.</exception>
    public void ThrowUnlessComplete(string file)
    {
        if (WrongShapes.Count + Missing.Count > 0)
        {
            List<string> problems = [.. WrongShapes, .. Missing.Select(key => $"'{key}' is missing"), .. Unused.Select(key => $"'{key}' is not of this model")];
            string rest = problems.Count > MostListed ? $"; and {problems.Count - MostListed} more" : "";
            throw new CheckpointException(
                file, "the checkpoint does not fit its model: " + string.Join("; ", problems.Take(MostListed)) + rest,
                expected: "every key of the model", found: $"{WrongShapes.Count} wrong shapes, {Missing.Count} missing, {Unused.Count} unknown");
        }
    }
}
