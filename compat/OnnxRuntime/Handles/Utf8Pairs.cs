namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>Keys and values of options as two parallel arrays of C strings.</summary>
internal sealed unsafe class Utf8Pairs
{
    private readonly List<byte[]> kept = [];

    public Utf8Pairs(IReadOnlyDictionary<string, string> options)
    {
        Keys = GC.AllocateArray<nint>(options.Count + 1, pinned: true);
        Values = GC.AllocateArray<nint>(options.Count + 1, pinned: true);
        foreach ((string key, string value) in options)
        {
            Keys[Count] = Keep(key);
            Values[Count] = Keep(value);
            Count++;
        }
    }

    public int Count { get; }

    public nint[] Keys { get; }

    public nint[] Values { get; }

    private nint Keep(string text)
    {
        byte[] encoded = Utf8.Encode(text, "providerOptions");
        kept.Add(encoded);
        return (nint)Utf8.Address(encoded);
    }
}
