using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class WeightScopeTests
{
    [Fact]
    public void Get_RightShape_GivesValuesAndWholeKey()
    {
        using var checkpoint = new Checkpoint(("layers.0.attn.qkv.weight", [2, 3], [1, 2, 3, 4, 5, 6]));

        HostTensor tensor = (checkpoint.Root / "layers" / "0" / "attn" / "qkv").Get("weight", 2, 3);

        Assert.Equal("layers.0.attn.qkv.weight", tensor.Name);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.Values);
    }

    [Fact]
    public void Get_WrongShape_NamesBoth()
    {
        using var checkpoint = new Checkpoint(("layers.0.attn.qkv.weight", [6, 2], new float[12]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => (checkpoint.Root / "layers" / "0" / "attn" / "qkv").Get("weight", 2, 6));

        Assert.Equal("x.pth: 'layers.0.attn.qkv.weight' is [6,2], the model needs [2,6].", error.Message);
        Assert.Equal(("layers.0.attn.qkv.weight", "[2,6]", "[6,2]"), (error.Key, error.Expected, error.Found));
    }

    [Fact]
    public void Get_MissingKey_NamesTheNearest()
    {
        using var checkpoint = new Checkpoint(("layers.0.attn.qkv.linear.weight", [1], [1]), ("layers.0.mlp.fc1.weight", [1], [1]), ("other", [1], [1]), ("far.away.from.it.all", [1], [1]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => (checkpoint.Root / "layers" / "0" / "attn" / "qkv").Get("weight", 2, 6));

        Assert.StartsWith("x.pth: 'layers.0.attn.qkv.weight' [2,6] is missing; nearest are 'layers.0.attn.qkv.linear.weight', 'layers.0.mlp.fc1.weight', ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryGet_MissingKey_IsNull()
    {
        using var checkpoint = new Checkpoint(("a.weight", [1], [1]));

        Assert.Null((checkpoint.Root / "a").TryGet("bias", 1));
        Assert.False((checkpoint.Root / "a").Has("bias"));
        Assert.True((checkpoint.Root / "a").Has("weight"));
    }

    [Fact]
    public void UnusedKeys_AfterReads_AreTheOthersWithoutDerivedOnes()
    {
        using var checkpoint = new Checkpoint(("a.weight", [1], [1]), ("a.bias", [1], [1]), ("a.attn_mask", [1], [1]), ("a.num_batches_tracked", [1], [1]), ("a.relative_position_index", [1], [1]), ("b", [1], [1]));

        (checkpoint.Root / "a").Get("weight", 1);
        (checkpoint.Root / "a").Has("bias");
        checkpoint.Root.Skip("b");

        Assert.Equal(["a.bias"], checkpoint.Root.UnusedKeys);
    }

    [Fact]
    public void Divide_BackboneOfAPlainSwin_IsTheRoot()
    {
        using var checkpoint = new Checkpoint(("patch_embed.proj.weight", [1], [3]));

        Assert.Equal([3], (checkpoint.Root / "backbone" / "patch_embed" / "proj").Get("weight", 1).Values);
    }

    [Fact]
    public void GetTheta_RowVector_GivesItsValues()
    {
        using var checkpoint = new Checkpoint(("fc1.lora_shared_A", [1, 3], [0.5f, -1, 2]));

        Assert.Equal([0.5, -1, 2], (checkpoint.Root / "fc1").GetTheta("lora_shared_A"));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void GetTheta_NotFinite_NamesTheElement(float value, string found)
    {
        using var checkpoint = new Checkpoint(("fc1.lora_shared_A", [1, 3], [0, value, 0]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => (checkpoint.Root / "fc1").GetTheta("lora_shared_A"));

        Assert.Equal($"x.pth: element 1 of 'fc1.lora_shared_A' is not finite. Expected a finite number, found {found}.", error.Message);
    }

    [Fact]
    public void Get_NotFinite_NamesTheElement()
    {
        using var checkpoint = new Checkpoint(("a.weight", [2], [0, float.NegativeInfinity]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => (checkpoint.Root / "a").Get("weight", 2));

        Assert.Equal("x.pth: element 1 of 'a.weight' is not finite. Expected a finite number, found -Infinity.", error.Message);
    }

    [Fact]
    public void GetTheta_OtherShape_IsRefused()
    {
        using var checkpoint = new Checkpoint(("fc1.lora_shared_A", [3, 1], [0, 0, 0]));

        CheckpointException error = Assert.Throws<CheckpointException>(() => (checkpoint.Root / "fc1").GetTheta("lora_shared_A"));

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
            Root = WeightScope.Root(file);
        }

        public WeightScope Root { get; }

        public void Dispose()
        {
            file.Dispose();
            folder.Dispose();
        }
    }
}
