using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using DiTask.Model.Checkpoints.Pickle;
using DiTask.Model.Files;

namespace DiTask.Model.Checkpoints;

/// <summary>Writes tensors as <c>torch.save</c> does: a state dict, bare or under a key such as <c>model</c>.</summary>
internal static class PthWriter
{
    // The first time that a zip can hold: equal tensors are to give equal bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name; the archive's root folder is the stem, as PyTorch has it.</param>
    /// <param name="tensors">float32 tensors.</param>
    /// <param name="under">Key of the state dict; null writes it bare.</param>
    /// <param name="integers">int64 tensors, after the others.</param>
    /// <param name="epoch">Beside the state dict, under <c>epoch</c>; needs a key of its own for the state dict.</param>
    public static void Write(string path, IReadOnlyList<HostTensor> tensors, string? under = "model", IEnumerable<IntegerTensor>? integers = null, int? epoch = null)
    {
        string root = Path.GetFileNameWithoutExtension(path);
        IReadOnlyList<IntegerTensor> whole = [.. integers ?? []];
        AtomicFile.Write(path, stream =>
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, $"{root}/data.pkl", Pickle(tensors, whole, under, epoch));
            Add(zip, $"{root}/byteorder", "little"u8);
            for (int i = 0; i < tensors.Count; i++)
            {
                Add(zip, string.Create(CultureInfo.InvariantCulture, $"{root}/data/{i}"), MemoryMarshal.AsBytes<float>(tensors[i].Values));
            }

            for (int i = 0; i < whole.Count; i++)
            {
                Add(zip, string.Create(CultureInfo.InvariantCulture, $"{root}/data/{tensors.Count + i}"), MemoryMarshal.AsBytes<long>(whole[i].Values));
            }

            Add(zip, $"{root}/version", "3\n"u8);
        });
    }

    // PyTorch reads storages where they lie in the file, so nothing is compressed.
    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> data)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using Stream content = entry.Open();
        content.Write(data);
    }

    private static byte[] Pickle(IReadOnlyList<HostTensor> tensors, IReadOnlyList<IntegerTensor> integers, string? under, int? epoch)
    {
        var pickle = new PickleWriter();
        if (under is not null)
        {
            pickle.EmptyDict();
            if (epoch is { } number)
            {
                pickle.Text("epoch").Integer(number).SetItem();
            }

            pickle.Text(under);
        }

        pickle.Global("collections", "OrderedDict").EmptyTuple().Reduce().Mark();
        for (int i = 0; i < tensors.Count; i++)
        {
            Tensor(pickle, tensors[i].Name, "FloatStorage", i, tensors[i].Values.Length, tensors[i].Shape);
        }

        for (int i = 0; i < integers.Count; i++)
        {
            Tensor(pickle, integers[i].Name, "LongStorage", tensors.Count + i, integers[i].Values.Length, integers[i].Shape);
        }

        pickle.SetItems();
        if (under is not null)
        {
            pickle.SetItem();
        }

        return pickle.Stop();
    }

    private static void Tensor(PickleWriter pickle, string name, string storage, int index, int count, int[] shape)
    {
        pickle.Text(name).Global("torch._utils", "_rebuild_tensor_v2").Mark();
        pickle.Mark().Text("storage").Global("torch", storage).Text(index.ToString(CultureInfo.InvariantCulture)).Text("cpu").Integer(count).Tuple().PersistentId();
        pickle.Integer(0).Integers(shape).Integers(Strides(shape)).False();
        pickle.Global("collections", "OrderedDict").EmptyTuple().Reduce().Tuple().Reduce();
    }

    private static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
