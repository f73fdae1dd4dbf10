using DiTask.Model.Checkpoints.Pickle;

namespace DiTask.Model.Checkpoints;

/// <summary>Finds the model's tensors in what <c>torch.save</c> pickled.</summary>
internal static class StateDict
{
    private const string ParallelPrefix = "module.";

    // Tied weights share a storage, so a sum somewhat above the file's size is honest; a thousand views of one storage are not.
    private const int MostTimesFileSize = 8;

    public static CheckpointContent Read(TorchArchive archive, CheckpointFormat format)
    {
        if (archive.Root is not PickleDict root)
        {
            throw archive.Source.Fail("holds no state dict", expected: "a dict of tensors", found: PickleMachine.Describe(archive.Root));
        }

        PickleDict model = Model(archive.Source, root);
        var tensors = new OrderedDictionary<string, StoredTensor>();
        long total = 0;
        foreach ((object? key, object? value) in model.Entries)
        {
            if (key is string name && value is TensorReference reference)
            {
                StoredTensor tensor = Open(archive, WithoutPrefix(name), reference);
                total += tensor.Bytes;
                Add(archive.Source, tensors, tensor, total);
            }
        }

        if (tensors.Count == 0)
        {
            throw archive.Source.Fail("holds no tensors", expected: "a state dict, or one under 'model' or 'state_dict'", found: Keys(model));
        }

        string? problem = null;
        object? config = root.Find("config");
        EmbeddedConfig? embedded = config is null || ConfigTree.Convert(config, out problem) is not { } tree ? null : new EmbeddedConfig(tree);
        return new CheckpointContent
        {
            Format = format,
            Tensors = tensors,
            Config = embedded,
            ConfigProblem = problem,
            Epoch = root.Find("epoch") is long epoch && epoch is >= 0 and <= int.MaxValue ? (int)epoch : null,
        };
    }

    public static string WithoutPrefix(string name) => name.StartsWith(ParallelPrefix, StringComparison.Ordinal) ? name[ParallelPrefix.Length..] : name;

    public static void Add(ByteSource source, OrderedDictionary<string, StoredTensor> tensors, StoredTensor tensor, long totalBytes)
    {
        if (totalBytes > MostTimesFileSize * source.Length)
        {
            throw source.Fail("the tensors claim far more bytes than the file has", key: tensor.Name, expected: $"at most {MostTimesFileSize} x {source.Length}", found: $"{totalBytes}");
        }

        if (!tensors.TryAdd(tensor.Name, tensor))
        {
            throw source.Fail("is twice in the state dict", key: tensor.Name, expected: "one tensor", found: "two");
        }
    }

    private static StoredTensor Open(TorchArchive archive, string name, TensorReference reference)
    {
        StorageRegion region = archive.Locate(reference.Storage);
        long claimed = reference.Storage.Count * reference.Storage.Element.Bytes;
        return StoredTensor.Create(name, claimed < region.Length ? region with { Length = claimed, Crc32 = null } : region, reference.Element, reference.Shape, reference.FirstElement, reference.Strides);
    }

    private static PickleDict Model(ByteSource source, PickleDict root)
    {
        foreach (string name in (string[])["model", "state_dict"])
        {
            switch (root.Find(name))
            {
                case PickleObject { Entries.Count: 0 } module:
                    throw source.Fail("holds a pickled module", key: name, expected: "its state_dict()", found: $"{module.Type}");
                case PickleDict model:
                    return model;
                default:
                    break;
            }
        }

        return root;
    }

    private static string Keys(PickleDict dict)
    {
        string[] first = [.. dict.Entries.Take(5).Select(entry => entry.Key as string ?? PickleMachine.Describe(entry.Key))];
        return first.Length == 0 ? "an empty dict" : $"a dict of {string.Join(", ", first)}";
    }
}
