using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What the model file says about itself.</summary>
public sealed unsafe class ModelMetadata
{
    internal ModelMetadata(InferenceSession session)
    {
        using Lease sessionLease = session.Handle.Use();
        nint created;
        OrtStatus.Check(OrtApi.SessionGetModelMetadata(sessionLease.Pointer, &created));
        using var handle = new OrtHandle(typeof(ModelMetadata), created, OrtApi.ReleaseModelMetadata);

        byte* text;
        nint allocator = OrtAllocator.DefaultPointer;
        OrtStatus.Check(OrtApi.ModelMetadataGetProducerName(created, allocator, &text));
        ProducerName = Utf8.Take(text);
        OrtStatus.Check(OrtApi.ModelMetadataGetGraphName(created, allocator, &text));
        GraphName = Utf8.Take(text);
        OrtStatus.Check(OrtApi.ModelMetadataGetDomain(created, allocator, &text));
        Domain = Utf8.Take(text);
        OrtStatus.Check(OrtApi.ModelMetadataGetDescription(created, allocator, &text));
        Description = Utf8.Take(text);
        OrtStatus.Check(OrtApi.ModelMetadataGetGraphDescription(created, allocator, &text));
        GraphDescription = Utf8.Take(text);
        long version;
        OrtStatus.Check(OrtApi.ModelMetadataGetVersion(created, &version));
        Version = version;
        CustomMetadataMap = ReadCustomMetadata(created, allocator);
    }

    public string ProducerName { get; }

    public string GraphName { get; }

    public string Domain { get; }

    public string Description { get; }

    public string GraphDescription { get; }

    public long Version { get; }

    public Dictionary<string, string> CustomMetadataMap { get; }

    private static Dictionary<string, string> ReadCustomMetadata(nint metadata, nint allocator)
    {
        byte** keys;
        long count;
        OrtStatus.Check(OrtApi.ModelMetadataGetCustomMetadataMapKeys(metadata, allocator, &keys, &count));
        var entries = new Dictionary<string, string>();
        for (long i = 0; i < count; i++)
        {
            byte* text;
            OrtStatus.Check(OrtApi.ModelMetadataLookupCustomMetadataMap(metadata, allocator, keys[i], &text));
            entries[Utf8.Take(keys[i])] = Utf8.Take(text);
        }

        Utf8.Free(keys);
        return entries;
    }
}
