using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Network;

public sealed class StartWeightsTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ModelConfig plain = new NetworkOptions
    {
        ImageSize = 64, PatchSize = 4, EmbedDim = 4, Depths = [1, 1, 1, 1], NumHeads = [1, 1, 1, 1], Window = 4, DecoderChannels = [2, 2, 2, 2],
    }.Create([("depth", 1)]);

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Make_Drawn_HasEveryTensorAndDependsOnTheSeedOnly()
    {
        StartValues first = StartWeights.Make(plain, null, 1), same = StartWeights.Make(plain, null, 1), other = StartWeights.Make(plain, null, 2);

        const string Weight = "backbone.layers.0.blocks.0.attn.qkv.weight";
        Assert.Equal(KeyCatalog.Of(plain).Where(tensor => !tensor.Derived).Select(tensor => tensor.Key), first.Tensors.Keys);
        Assert.All(first.Tensors.Keys, key => Assert.Equal(first.Tensors[key].Values, same.Tensors[key].Values));
        Assert.NotEqual(first.Tensors[Weight].Values, other.Tensors[Weight].Values);
        // Two deviations are as far as it goes, and the deviation follows the inputs.
        double deviation = 1 / Math.Sqrt(first.Tensors[Weight].Shape[1]);
        Assert.All(first.Tensors[Weight].Values, value => Assert.InRange(Math.Abs(value), 0, 2 * deviation));
        Assert.Contains(first.Tensors[Weight].Values, value => Math.Abs(value) > deviation);
        Assert.All(first.Tensors["backbone.layers.0.blocks.0.attn.relative_position_bias_table"].Values, value => Assert.InRange(Math.Abs(value), 0, 0.04f));
        Assert.All(first.Tensors["backbone.layers.0.blocks.0.norm1.weight"].Values, value => Assert.Equal(1, value));
        Assert.All(first.Tensors["backbone.layers.0.blocks.0.norm1.bias"].Values, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("ours")]
    [InlineData("bare")]
    [InlineData("wrapped")]
    [InlineData("timm")]
    public void Make_Layouts_AreAllRead(string layout)
    {
        IReadOnlyList<HostTensor> backbone = Backbone();

        StartValues read = Read(backbone.Select(tensor => new HostTensor(Rename(tensor.Name, layout), tensor.Shape, tensor.Values)));

        Assert.All(backbone, tensor => Assert.Equal(tensor.Values, read.Tensors[tensor.Name].Values));
        Assert.Contains("decoders.decoders.depth.last_layer.3.weight", read.Tensors.Keys);
    }

    [Fact]
    public void Make_KeysAreMissingOrOfAnotherShape_NamesAllOfThem()
    {
        IEnumerable<HostTensor> tensors = Backbone()
            .Where(tensor => tensor.Name != "backbone.layers.1.blocks.0.norm2.bias")
            .Select(tensor => tensor.Name == "backbone.layers.0.blocks.0.norm1.bias" ? new HostTensor(tensor.Name, [3], [1, 2, 3]) : tensor);

        CheckpointException error = Assert.Throws<CheckpointException>(() => Read(tensors));

        Assert.Contains("'backbone.layers.1.blocks.0.norm2.bias' is missing, the network needs [8]", error.Message, StringComparison.Ordinal);
        Assert.Contains("'backbone.layers.0.blocks.0.norm1.bias' is [3], the network needs [4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_ThetasOfTheCheckpoint_AreKept()
    {
        StartValues read = Read(Backbone().Append(new HostTensor("backbone.layers.0.blocks.0.mlp.fc1.lora_shared_A", [1, 3], [1, 2, 3])));

        Assert.Equal([1, 2, 3], Assert.Single(read.Thetas).Value.Values);
    }

    private static string Rename(string key, string layout)
    {
        if (layout == "wrapped")
        {
            return key.Replace(".attn.qkv.", ".attn.qkv.linear.", StringComparison.Ordinal).Replace(".mlp.fc1.", ".mlp.fc1.linear.", StringComparison.Ordinal);
        }

        if (layout == "ours")
        {
            return key;
        }

        string bare = key["backbone.".Length..];
        return layout == "bare" ? bare : Enumerable.Range(0, 3).Reverse().Aggregate(bare, (name, stage) =>
            name.Replace($"layers.{stage}.downsample", $"layers.{stage + 1}.downsample", StringComparison.Ordinal));
    }

    private IReadOnlyList<HostTensor> Backbone() =>
        [.. StartWeights.Make(plain, null, 7).Tensors.Values.Where(tensor => tensor.Name.StartsWith("backbone.", StringComparison.Ordinal))];

    private StartValues Read(IEnumerable<HostTensor> tensors)
    {
        SafetensorsWriter.Write(temporary["start.safetensors"], [.. tensors]);
        using CheckpointFile file = CheckpointFile.Open(temporary["start.safetensors"]);
        return StartWeights.Make(plain, file, 1);
    }
}
