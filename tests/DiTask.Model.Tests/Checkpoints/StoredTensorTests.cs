using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class StoredTensorTests
{
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void ReadSingles_TransposedView_FollowsTheStrides() =>
        Assert.Equal([1, 4, 2, 5, 3, 6], Read(HandMade.Tensor("0", 6, 0, [3, 2], [1, 3]), HandMade.Floats(Six)).Values);

    [Fact]
    public void ReadSingles_ViewWithOffset_BeginsThere() =>
        Assert.Equal([3, 4, 5, 6], Read(HandMade.Tensor("0", 6, 2, [2, 2], [2, 1]), HandMade.Floats(Six)).Values);

    [Fact]
    public void ReadSingles_EverySecondElement_SkipsTheOthers() =>
        Assert.Equal([1, 3, 5], Read(HandMade.Tensor("0", 6, 0, [3], [2]), HandMade.Floats(Six)).Values);

    [Fact]
    public void ReadSingles_Scalar_IsOneValue()
    {
        (int[] shape, float[] values) = Read(HandMade.Tensor("0", 6, 4, [], []), HandMade.Floats(Six));

        Assert.Empty(shape);
        Assert.Equal([5], values);
    }

    [Fact]
    public void ReadSingles_SizeZero_IsEmpty() =>
        Assert.Empty(Read(HandMade.Tensor("0", 6, 0, [0, 3], [3, 1]), HandMade.Floats(Six)).Values);

    [Fact]
    public void ReadSingles_SizeOneWithAnyStride_IsContiguous() =>
        Assert.Equal(Six, Read(HandMade.Tensor("0", 6, 0, [1, 6], [77, 1]), HandMade.Floats(Six)).Values);

    [Fact]
    public void ReadSingles_TwoViewsOfOneStorage_ReadTheirOwnParts()
    {
        using var folder = new TemporaryFolder();
        byte[] pickle = HandMade.StateDict(("a", HandMade.Tensor("0", 6, 0, [3], [1])), ("b", HandMade.Tensor("0", 6, 3, [3], [1])));
        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", HandMade.Floats(Six)))));

        Assert.Equal([1, 2, 3], file.Tensors["a"].ReadSingles());
        Assert.Equal([4, 5, 6], file.Tensors["b"].ReadSingles());
    }

    [Theory]
    [InlineData("BFloat16Storage", TensorType.BFloat16, "803f00c04049", new float[] { 1, -2, 786432 })]
    [InlineData("HalfStorage", TensorType.Float16, "003c00c0ff7b", new float[] { 1, -2, 65504 })]
    [InlineData("DoubleStorage", TensorType.Float64, "000000000000f03f00000000000000c0000000000000e03f", new float[] { 1, -2, 0.5f })]
    [InlineData("LongStorage", TensorType.Int64, "0100000000000000feffffffffffffff0000000001000000", new float[] { 1, -2, 4294967296 })]
    [InlineData("IntStorage", TensorType.Int32, "01000000feffffff00000001", new float[] { 1, -2, 16777216 })]
    [InlineData("ShortStorage", TensorType.Int16, "0100feff0001", new float[] { 1, -2, 256 })]
    [InlineData("CharStorage", TensorType.Int8, "01fe7f", new float[] { 1, -2, 127 })]
    [InlineData("ByteStorage", TensorType.UInt8, "01feff", new float[] { 1, 254, 255 })]
    [InlineData("BoolStorage", TensorType.Bool, "010002", new float[] { 1, 0, 1 })]
    public void ReadSingles_ElementType_IsConverted(string storage, TensorType type, string hex, float[] expected)
    {
        using var folder = new TemporaryFolder();
        byte[] pickle = HandMade.StateDict(("t", HandMade.Tensor("0", 3, 0, [3], [1], storage)));
        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", Convert.FromHexString(hex)))));
        StoredTensor tensor = file.Tensors["t"];

        Assert.Equal(type, tensor.Type);
        Assert.Equal(expected, tensor.ReadSingles());
        Assert.Equal(expected.Select(value => (double)value), tensor.ReadDoubles());
    }

    [Fact]
    public void ReadSingles_ComplexType_IsListedButNotRead()
    {
        using var folder = new TemporaryFolder();
        byte[] pickle = HandMade.StateDict(("t", HandMade.Tensor("0", 1, 0, [1], [1], "ComplexFloatStorage")));
        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", new byte[8]))));

        Assert.Equal("complex64", file.Tensors["t"].TypeName);
        CheckpointException error = Assert.Throws<CheckpointException>(() => file.Tensors["t"].ReadSingles());
        HandMade.AssertTells(error, "a float, an integer or a boolean", "complex64", key: "t");
    }

    [Fact]
    public void ReadSingles_LargeTensor_IsReadInPieces()
    {
        using var folder = new TemporaryFolder();
        float[] values = [.. Enumerable.Range(0, 100_003).Select(index => (float)index)];
        PthWriter.Write(folder["x.pth"], [new HostTensor("t", [100_003], values)]);
        using CheckpointFile file = CheckpointFile.Open(folder["x.pth"]);

        Assert.Equal(values, file.Tensors["t"].ReadSingles());
    }

    private static (int[] Shape, float[] Values) Read(byte[] tensor, byte[] storage)
    {
        using var folder = new TemporaryFolder();
        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(HandMade.StateDict(("t", tensor)), ("0", storage))));
        return ([.. file.Tensors["t"].Shape], file.Tensors["t"].ReadSingles());
    }
}
