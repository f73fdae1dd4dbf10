using DiTask.Model.Onnx;
using DiTask.Model.Onnx.Proto;
using DiTask.Tests;

namespace DiTask.Model.Tests.Onnx;

public sealed class WeightFileTests
{
    [Fact]
    public void Add_SameNameTwice_StoresTheValuesOnce()
    {
        using TemporaryFolder folder = new();
        TensorProto first;
        TensorProto second;
        using (WeightFile file = new(folder["weights.bin"]))
        {
            first = file.Add("w", [2], [1f, 2f]);
            second = file.Add("w", [2], [1f, 2f]);
            file.Complete();
        }

        Assert.Equal(first, second);
        Assert.Equal(2 * sizeof(float), new FileInfo(folder["weights.bin"]).Length);
    }

    [Fact]
    public void Add_LargeArrayAfterASmallOne_StartsOnAPage()
    {
        using TemporaryFolder folder = new();
        using WeightFile file = new(folder["weights.bin"]);

        file.Add("small", [3], [1f, 2f, 3f]);
        TensorProto large = file.Add("large", [1 << 16], new float[1 << 16]);
        TensorProto small = file.Add("next", [5L, 6L]);

        Assert.Equal("4096", Entry(large, "offset"));
        Assert.Equal(0, long.Parse(Entry(small, "offset")) % 64);
        Assert.Equal(((int)TensorProto.Types.DataType.Int64, "16"), (small.DataType, Entry(small, "length")));
    }

    private static string Entry(TensorProto tensor, string key) => tensor.ExternalData.Single(entry => entry.Key == key).Value;
}
