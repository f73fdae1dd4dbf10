using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>The inputs, outputs or initializers of a session, with each name encoded once for all runs.</summary>
internal sealed unsafe class NodeTable
{
    private readonly Dictionary<string, byte[]> encoded = [];
    private readonly List<string> names = [];
    private readonly Dictionary<string, NodeMetadata> metadata = [];

    private NodeTable()
    {
    }

    private delegate nint ReadName(nuint index, nint allocator, byte** name);

    private delegate nint ReadTypeInfo(nuint index, nint* typeInfo);

    public IReadOnlyList<string> Names => names;

    public IReadOnlyDictionary<string, NodeMetadata> Metadata => metadata;

    public static NodeTable Inputs(nint session)
    {
        nuint count;
        OrtStatus.Check(OrtApi.SessionGetInputCount(session, &count));
        return Read(
            count,
            (index, allocator, name) => OrtApi.SessionGetInputName(session, index, allocator, name),
            (index, typeInfo) => OrtApi.SessionGetInputTypeInfo(session, index, typeInfo));
    }

    public static NodeTable Outputs(nint session)
    {
        nuint count;
        OrtStatus.Check(OrtApi.SessionGetOutputCount(session, &count));
        return Read(
            count,
            (index, allocator, name) => OrtApi.SessionGetOutputName(session, index, allocator, name),
            (index, typeInfo) => OrtApi.SessionGetOutputTypeInfo(session, index, typeInfo));
    }

    public static NodeTable OverridableInitializers(nint session)
    {
        nuint count;
        OrtStatus.Check(OrtApi.SessionGetOverridableInitializerCount(session, &count));
        return Read(
            count,
            (index, allocator, name) => OrtApi.SessionGetOverridableInitializerName(session, index, allocator, name),
            (index, typeInfo) => OrtApi.SessionGetOverridableInitializerTypeInfo(session, index, typeInfo));
    }

    /// <summary>The name's bytes, valid while the table lives; null for a name that the model does not have.</summary>
    public byte* Find(string name) => encoded.TryGetValue(name, out byte[]? bytes) ? Utf8.Address(bytes) : null;

    private static NodeTable Read(nuint count, ReadName readName, ReadTypeInfo readTypeInfo)
    {
        var table = new NodeTable();
        for (nuint i = 0; i < count; i++)
        {
            byte* text;
            nint typeInfo;
            OrtStatus.Check(readName(i, OrtAllocator.DefaultPointer, &text));
            string name = Utf8.Take(text);
            OrtStatus.Check(readTypeInfo(i, &typeInfo));
            try
            {
                table.metadata[name] = NodeMetadata.Read(typeInfo);
            }
            finally
            {
                OrtApi.ReleaseTypeInfo(typeInfo);
            }

            table.names.Add(name);
            table.encoded[name] = Utf8.Encode(name, nameof(name));
        }

        return table;
    }
}
