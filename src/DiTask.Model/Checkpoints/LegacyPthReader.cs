using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using DiTask.Model.Checkpoints.Pickle;

namespace DiTask.Model.Checkpoints;

/// <summary>
/// The container of <c>torch.save</c> before the zip: pickles of a magic number, the format's version, the writer's system, the
/// object and the list of storage keys; then each storage as its number of elements (8 bytes) and its bytes.
/// </summary>
internal static class LegacyPthReader
{
    private const long FormatVersion = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static TorchArchive Read(ByteSource source)
    {
        byte[] head = source.Read(0, (int)Math.Min(source.Length, TorchArchive.MaxPickleBytes));
        var input = new PickleInput(source, head, 0);
        object? magic = PickleMachine.Run(input);
        if (magic is not BigInteger number || number != Magic)
        {
            throw source.Fail("is a pickle, but no checkpoint of torch.save", 0, expected: "torch's magic number", found: PickleMachine.Describe(magic));
        }

        object? version = PickleMachine.Run(input);
        if (version is not FormatVersion)
        {
            throw source.Fail("has an unknown version", input.FileOffset, expected: $"{FormatVersion}", found: $"{version ?? "None"}");
        }

        if ((PickleMachine.Run(input) as PickleDict)?.Find("little_endian") is not true)
        {
            throw source.Fail("has a byte order that is not read", input.FileOffset, expected: "little_endian True", found: "another");
        }

        object? root = PickleMachine.Run(input);
        var references = new Dictionary<string, StorageReference>();
        Collect(root, references);
        long keysAt = input.FileOffset;
        if (PickleMachine.Run(input) is not List<object?> keys)
        {
            throw source.Fail("has no list of storages", keysAt, expected: "a list of keys", found: "another object");
        }

        Dictionary<string, StorageRegion> regions = LocateAll(source, keys, references, input.FileOffset);
        return new TorchArchive(source, root, storage => regions.TryGetValue(storage.Key, out StorageRegion? region)
            ? region
            : throw source.Fail("a storage is missing", storage.At, storage.Key, "a key of the list of storages", "none"));
    }

    private static Dictionary<string, StorageRegion> LocateAll(
        ByteSource source, List<object?> keys, Dictionary<string, StorageReference> references, long at)
    {
        var regions = new Dictionary<string, StorageRegion>();
        foreach (object? item in keys)
        {
            if (item is not string key || !references.TryGetValue(key, out StorageReference? reference))
            {
                throw source.Fail("the list of storages names one that no tensor uses", at, item as string, "a storage of the pickle", PickleMachine.Describe(item));
            }

            if (source.Length - at < sizeof(long))
            {
                throw source.Fail("the file ends before a storage", at, key, "its number of elements, 8 bytes", $"{source.Length - at} bytes");
            }

            long count = BinaryPrimitives.ReadInt64LittleEndian(source.Read(at, sizeof(long)));
            at += sizeof(long);
            long most = (source.Length - at) / reference.Element.Bytes;
            if (count != reference.Count || count > most)
            {
                throw source.Fail("a storage has another size than the pickle claims", at - sizeof(long), key, $"{reference.Count} elements, at most {most}", $"{count}");
            }

            if (!regions.TryAdd(key, new StorageRegion(source, key, at, count * reference.Element.Bytes)))
            {
                throw source.Fail("is twice in the list of storages", at, key, "one storage", "two");
            }

            at += count * reference.Element.Bytes;
        }

        return regions;
    }

    // Optimizer states have storages too, which must be skipped over. An explicit list instead of recursion: the nesting is the file's.
    private static void Collect(object? root, Dictionary<string, StorageReference> references)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<object?>([root]);
        while (pending.TryPop(out object? value))
        {
            if (value is null or string or long or bool or double || !seen.Add(value))
            {
                continue;
            }

            switch (value)
            {
                case StorageReference storage:
                    references.TryAdd(storage.Key, storage);
                    break;
                case TensorReference tensor:
                    pending.Push(tensor.Storage);
                    break;
                case PickleTuple tuple:
                    PushAll(pending, tuple.Items);
                    break;
                case List<object?> list:
                    PushAll(pending, list);
                    break;
                case PickleDict dict:
                    foreach ((object? key, object? item) in dict.Entries)
                    {
                        pending.Push(key);
                        pending.Push(item);
                    }

                    if (dict is PickleObject instance)
                    {
                        pending.Push(instance.Arguments);
                        pending.Push(instance.State);
                        PushAll(pending, instance.Elements);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static void PushAll(Stack<object?> pending, IReadOnlyList<object?> items)
    {
        foreach (object? item in items)
        {
            pending.Push(item);
        }
    }
}
