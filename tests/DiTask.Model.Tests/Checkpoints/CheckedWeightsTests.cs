using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class CheckedWeightsTests
{
    [Fact]
    public void Get_RightShape_GivesValues()
    {
        using var checkpoint = new Checkpoint(("layers.0.attn.qkv.weight", [2, 3], [1, 2, 3, 4, 5, 6]));

        HostTensor tensor = checkpoint.Weights.Get("layers.0.attn.qkv.weight", 2, 3);

        Assert.Equal("layers.0.attn.qkv.weight", tensor.Name);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.Values);
    }

    [Fact]
    public void Get_WrongShape_NamesBoth()
    {
        using var checkpoint = new Checkpoint(("layers.0.attn.qkv.weight", [6, 2], new float[12]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => checkpoint.Weights.Get("layers.0.attn.qkv.weight", 2, 6));

        Assert.Equal("x.pth: 'layers.0.attn.qkv.weight' is [6,2], the model needs [2,6].", error.Message);
        Assert.Equal(("layers.0.attn.qkv.weight", "[2,6]", "[6,2]"), (error.Key, error.Expected, error.Found));
    }

    [Fact]
    public void Get_MissingKey_NamesTheNearest()
    {
        using var checkpoint = new Checkpoint(("layers.0.attn.qkv.linear.weight", [1], [1]), ("layers.0.mlp.fc1.weight", [1], [1]), ("other", [1], [1]), ("far.away.from.it.all", [1], [1]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => checkpoint.Weights.Get("layers.0.attn.qkv.weight", 2, 6));

        Assert.StartsWith("x.pth: 'layers.0.attn.qkv.weight' [2,6] is missing; nearest are 'layers.0.attn.qkv.linear.weight', 'layers.0.mlp.fc1.weight', ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_TellsWhatIsThere()
    {
        using var checkpoint = new Checkpoint(("a.weight", [1], [1]));

        Assert.False(checkpoint.Weights.Has("a.bias"));
        Assert.True(checkpoint.Weights.Has("a.weight"));
    }

    [Fact]
    public void GetTheta_RowVector_GivesItsValues()
    {
        using var checkpoint = new Checkpoint(("fc1.lora_shared_A", [1, 3], [0.5f, -1, 2]));

        Assert.Equal([0.5, -1, 2], checkpoint.Weights.GetTheta("fc1.lora_shared_A"));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void GetTheta_NotFinite_NamesTheElement(float value, string found)
    {
        using var checkpoint = new Checkpoint(("fc1.lora_shared_A", [1, 3], [0, value, 0]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => checkpoint.Weights.GetTheta("fc1.lora_shared_A"));

        Assert.Equal($"x.pth: element 1 of 'fc1.lora_shared_A' is not finite. Expected a finite number, found {found}.", error.Message);
    }

    [Fact]
    public void Get_NotFinite_NamesTheElement()
    {
        using var checkpoint = new Checkpoint(("a.weight", [2], [0, float.NegativeInfinity]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => checkpoint.Weights.Get("a.weight", 2));

        Assert.Equal("x.pth: element 1 of 'a.weight' is not finite. Expected a finite number, found -Infinity.", error.Message);
    }

    [Fact]
    public void GetTheta_OtherShape_IsRefused()
    {
        using var checkpoint = new Checkpoint(("fc1.lora_shared_A", [3, 1], [0, 0, 0]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => checkpoint.Weights.GetTheta("fc1.lora_shared_A"));

        Assert.Equal("x.pth: 'fc1.lora_shared_A' is [3,1], a theta is [1,d].", error.Message);
    }

    private sealed class Checkpoint : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly CheckpointFile file;

        public Checkpoint(params (string Key, int[] Shape, float[] Values)[] tensors)
        {
            PthWriter.Write(folder["x.pth"], [.. tensors.Select(tensor => new HostTensor(tensor.Key, tensor.Shape, tensor.Values))]);
            file = CheckpointFile.Open(folder["x.pth"]);
            Weights = new CheckedWeights(file);
        }

        public CheckedWeights Weights { get; }

        public void Dispose()
        {
            file.Dispose();
            folder.Dispose();
        }
    }
}
