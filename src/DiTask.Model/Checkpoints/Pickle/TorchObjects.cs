using System.Globalization;

namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>The few calls in a checkpoint that mean a tensor or a dict; every other call makes an inert object.</summary>
internal sealed class TorchObjects(PickleInput input)
{
    /// <summary>What calling <paramref name="called"/> with <paramref name="arguments"/> stands for.</summary>
    public object Make(PickleGlobal called, PickleTuple arguments) => (called.Module, called.Name) switch
    {
        ("collections", "OrderedDict") => OrderedDict(arguments),
        ("torch._utils", "_rebuild_tensor") => Tensor(arguments, atLeast: 4, typeAt: null),
        ("torch._utils", "_rebuild_tensor_v2") => Tensor(arguments, atLeast: 4, typeAt: null),
        ("torch._utils", "_rebuild_tensor_v3") => Tensor(arguments, atLeast: 7, typeAt: 6),
        ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state") when arguments.Count > 0 && arguments[0] is TensorReference tensor => tensor,
        _ => new PickleObject(called, arguments),
    };

    /// <summary>The storage that a persistent id names.</summary>
    public StorageReference Storage(object? id)
    {
        if (id is not PickleTuple { Count: 5 or 6 } tuple || tuple[0] is not "storage" || tuple[1] is not PickleGlobal type || tuple[4] is not long count)
        {
            throw input.Fail("a persistent id names no storage", "('storage', type, key, device, elements)", PickleMachine.Describe(id));
        }

        string key = tuple[2] switch
        {
            string text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => throw input.Fail("a storage has no key", "a text", PickleMachine.Describe(tuple[2])),
        };
        ElementType element = ElementType.ByStorage(type.Name) ?? throw input.Fail($"storage '{key}' has an unknown type", "a storage class of torch", $"{type}");
        if (count < 0)
        {
            throw input.Fail($"storage '{key}' has an impossible size", "0 or more elements", $"{count}");
        }

        // The oldest files: (key of the view, offset, size) of a view of this storage.
        long first = tuple.Count == 6 && tuple[5] is PickleTuple { Count: 3 } view && view[1] is long offset ? offset : 0;
        return first >= 0 && first <= count
            ? new StorageReference(key, element, count, first, input.FileOffset)
            : throw input.Fail($"a view of storage '{key}' begins outside it", $"0 to {count}", $"{first}");
    }

    private TensorReference Tensor(PickleTuple arguments, int atLeast, int? typeAt)
    {
        if (arguments.Count < atLeast || arguments[0] is not StorageReference storage || arguments[1] is not long first)
        {
            throw input.Fail("a tensor is malformed", "(storage, offset, sizes, strides, ...)", PickleMachine.Describe(arguments));
        }

        ElementType element = storage.Element;
        if (typeAt is int at)
        {
            element = arguments[at] is PickleGlobal { Module: "torch" } type && ElementType.ByName(type.Name) is ElementType named
                ? named
                : throw input.Fail("a tensor has an unknown type", "a dtype of torch", arguments[at]?.ToString() ?? "None");
        }

        // Bounds are checked where the storage's real size is known; the sum of two offsets is checked here so that it cannot wrap.
        if (first < 0 || first > long.MaxValue - storage.FirstElement)
        {
            throw input.Fail("a tensor begins outside its storage", $"an offset from 0 to {storage.Count}", $"{first}");
        }

        return new TensorReference(storage, element, first + storage.FirstElement, Longs(arguments[2]), Longs(arguments[3]));
    }

    private List<long> Longs(object? value)
    {
        IReadOnlyList<object?> items = value switch
        {
            PickleTuple tuple => tuple.Items,
            List<object?> list => list,
            PickleObject { Type: { Module: "torch", Name: "Size" }, Arguments: PickleTuple { Count: 1 } size } when size[0] is PickleTuple sizes => sizes.Items,
            _ => throw input.Fail("sizes or strides are malformed", "a tuple of integers", PickleMachine.Describe(value)),
        };
        return [.. items.Select(item => item is long number ? number : throw input.Fail("a size or stride is no integer", "an integer", PickleMachine.Describe(item)))];
    }

    // Written as an empty dict that is filled later, or (Python 2) with its list of pairs as argument.
    private PickleDict OrderedDict(PickleTuple arguments)
    {
        var dict = new PickleDict();
        if (arguments.Count == 0)
        {
            return dict;
        }

        if (arguments.Count != 1 || arguments[0] is not List<object?> pairs)
        {
            throw input.Fail("an ordered dict is malformed", "no argument or a list of pairs", PickleMachine.Describe(arguments));
        }

        foreach (object? pair in pairs)
        {
            (object? key, object? value) = pair switch
            {
                PickleTuple { Count: 2 } tuple => (tuple[0], tuple[1]),
                List<object?> { Count: 2 } list => (list[0], list[1]),
                _ => throw input.Fail("an ordered dict is malformed", "pairs", PickleMachine.Describe(pair)),
            };
            dict.Entries.Add(new(key, value));
        }

        return dict;
    }
}
