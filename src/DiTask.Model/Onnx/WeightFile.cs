using System.Globalization;
using System.Runtime.InteropServices;
using DiTask.Model.Onnx.Proto;
using Google.Protobuf;

namespace DiTask.Model.Onnx;

/// <summary>
/// The file beside the graphs that holds their weights. Every array is stored once, whatever the number of graphs that
/// read it, little-endian and aligned so that a runtime can map it into memory.
/// </summary>
internal sealed class WeightFile : IDisposable
{
    // The standard asks for offsets at multiples of a page, for mapping. Arrays that fill a page only partly would waste the rest of it.
    private const int PageBytes = 4096;
    private const int WorthAPageBytes = 16 * PageBytes;
    private const int SmallAlignmentBytes = 64;

    private readonly FileStream stream;
    private readonly Dictionary<string, TensorProto> tensors = [];

    /// <param name="path">The file; must not exist.</param>
    public WeightFile(string path)
    {
        Name = Path.GetFileName(path);
        stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
    }

    /// <summary>Name of the file, as the graphs spell it.</summary>
    public string Name { get; }

    /// <summary>A reference to the float32 array <paramref name="name"/>, which is stored at its first use.</summary>
    public TensorProto Add(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values) =>
        Add(name, shape, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values));

    /// <summary>A reference to the int64 list <paramref name="name"/>, which is stored at its first use.</summary>
    public TensorProto Add(string name, ReadOnlySpan<long> values) =>
        Add(name, [values.Length], TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values));

    /// <summary>Flushes the file to disk.</summary>
    public void Complete() => stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private TensorProto Add(string name, ReadOnlySpan<int> shape, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes)
    {
        if (!tensors.TryGetValue(name, out TensorProto? tensor))
        {
            tensor = new TensorProto { Name = name, DataType = (int)type, DataLocation = TensorProto.Types.DataLocation.External };
            foreach (int size in shape)
            {
                tensor.Dims.Add(size);
            }

            int alignment = bytes.Length >= WorthAPageBytes ? PageBytes : SmallAlignmentBytes;
            stream.Write(new byte[(alignment - (stream.Position % alignment)) % alignment]);
            tensor.ExternalData.Add(Entry("location", Name));
            tensor.ExternalData.Add(Entry("offset", stream.Position.ToString(CultureInfo.InvariantCulture)));
            tensor.ExternalData.Add(Entry("length", bytes.Length.ToString(CultureInfo.InvariantCulture)));
            stream.Write(bytes);
            tensors.Add(name, tensor);
        }

        return tensor.Clone();
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
