using System.Globalization;
using System.Runtime.InteropServices;
using DiTask.Model.Checkpoints.Pickle;
using DiTask.Model.Files;

namespace DiTask.Model.Checkpoints;

/// <summary>Writes float32 tensors as <c>torch.save</c> does: a state dict, bare or under a key such as <c>model</c>.</summary>
internal static class PthWriter
{
    public static void Write(string path, IReadOnlyList<HostTensor> tensors, string? under = "model")
    {
        string root = Path.GetFileNameWithoutExtension(path);
        AtomicFile.Write(path, stream =>
        {
            var zip = new ZipWriter(stream);
            zip.Add($"{root}/data.pkl", Pickle(tensors, under));
            zip.Add($"{root}/byteorder", "little"u8);
            for (int i = 0; i < tensors.Count; i++)
            {
                zip.Add(string.Create(CultureInfo.InvariantCulture, $"{root}/data/{i}"), MemoryMarshal.AsBytes<float>(tensors[i].Values));
            }

            zip.Add($"{root}/version", "3\n"u8);
            zip.Finish();
        });
    }

    private static byte[] Pickle(IReadOnlyList<HostTensor> tensors, string? under)
    {
        var pickle = new PickleWriter();
        if (under is not null)
        {
            pickle.EmptyDict().Text(under);
        }

        pickle.Global("collections", "OrderedDict").EmptyTuple().Reduce().Mark();
        for (int i = 0; i < tensors.Count; i++)
        {
            HostTensor tensor = tensors[i];
            pickle.Text(tensor.Name).Global("torch._utils", "_rebuild_tensor_v2").Mark();
            pickle.Mark().Text("storage").Global("torch", "FloatStorage").Text(i.ToString(CultureInfo.InvariantCulture)).Text("cpu").Integer(tensor.Values.Length).Tuple().PersistentId();
            pickle.Integer(0).Integers(tensor.Shape).Integers(Strides(tensor.Shape)).False();
            pickle.Global("collections", "OrderedDict").EmptyTuple().Reduce().Tuple().Reduce();
        }

        pickle.SetItems();
        if (under is not null)
        {
            pickle.SetItem();
        }

        return pickle.Stop();
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
