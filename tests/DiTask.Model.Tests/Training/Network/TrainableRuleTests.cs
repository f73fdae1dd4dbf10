using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;

namespace DiTask.Model.Tests.Training.Network;

/// <summary>The authors' counts of parameters, from shapes alone: no weight of the real sizes is made.</summary>
public sealed class TrainableRuleTests
{
    private static readonly (string, int)[] Pascal = [("semseg", 21), ("human_parts", 7), ("sal", 1), ("normals", 3)];

    // Reference specification 6; the authors' files have 128 and 64 cells for the larger networks.
    [Theory]
    [InlineData("tiny", 64, 4, 3_312, 1_599_546, 1_946_624, 29_467_754)]
    [InlineData("small", 128, 64, 21_264, 1_642_314, 1_946_624, 50_803_610)]
    [InlineData("base", 128, 64, 21_264, 2_877_880, 2_190_848, 88_953_288)]
    [InlineData("large", 128, 64, 21_264, 6_381_204, 2_679_296, 197_692_964)]
    public void Counts_OfTheReleasedSizes_AreTheAuthors(string preset, int cells, int taskCells, long thetas, long extras, long decoders, long total)
    {
        AdapterOptions options = new() { Cells = [cells], TaskCells = [taskCells] };
        (ModelConfig plain, ModelConfig adapted) = Of(preset, options, Pascal);

        Assert.Equal(thetas, Thetas(adapted));
        Assert.Equal(extras, Trained(plain, options, ParameterRole.Extra));
        Assert.Equal(0, Trained(plain, options, ParameterRole.Backbone));
        Assert.Equal(decoders, Trained(plain, options, ParameterRole.Decoder));
        Assert.Equal(total, Thetas(adapted) + Parameters(plain).Sum(tensor => tensor.Count));
    }

    [Theory]
    [InlineData(3_168, 1_000_337, new[] { "semseg", "depth" }, new[] { 40, 1 })]
    [InlineData(3_312, 1_960_677, new[] { "semseg", "normals", "edge", "depth" }, new[] { 40, 3, 1, 1 })]
    public void Counts_OfNyud_AreTheAuthors(long thetas, long decoders, string[] tasks, int[] channels)
    {
        AdapterOptions options = new();
        (ModelConfig plain, ModelConfig adapted) = Of("tiny", options, [.. tasks.Zip(channels)]);

        Assert.Equal(thetas, Thetas(adapted));
        Assert.Equal(decoders, Trained(plain, options, ParameterRole.Decoder));
    }

    [Fact]
    public void Counts_IdleThetas_AreTheReferences333()
    {
        (_, ModelConfig adapted) = Of("tiny", new AdapterOptions(), Pascal);

        IReadOnlyList<string> dead = DeadThetas.Of(adapted);

        Assert.Equal(51, dead.Count);
        Assert.Equal(333, KeyCatalog.Of(adapted).Where(tensor => dead.Contains(tensor.Key)).Sum(tensor => tensor.Count));
    }

    [Fact]
    public void Trains_EachExtra_HasTheSpecificationsShare()
    {
        (ModelConfig plain, _) = Of("tiny", new AdapterOptions(), Pascal);

        long[] shares = [.. AdapterOptions.ExtraParts.Select(part => Trained(plain, new AdapterOptions { Extras = [part] }, ParameterRole.Extra))];

        Assert.Equal([4_896, 23_040, 1_548_288, 23_322], shares);
    }

    [Theory]
    [InlineData("frozen", 0, 0)]
    [InlineData("extras", 1_599_546, 0)]
    [InlineData("lora", 1_599_546, 0)]
    public void Trains_OtherKinds_LeaveTheRestFrozen(string kind, long extras, long backbone)
    {
        AdapterOptions options = new() { Kind = kind };
        (ModelConfig plain, ModelConfig adapted) = Of("tiny", options, Pascal);

        Assert.Equal(0, Thetas(adapted));
        Assert.Equal((extras, backbone, 1_946_624), (Trained(plain, options, ParameterRole.Extra), Trained(plain, options, ParameterRole.Backbone), Trained(plain, options, ParameterRole.Decoder)));
    }

    [Fact]
    public void Trains_Full_IsEverything()
    {
        AdapterOptions options = new() { Kind = "full" };
        (ModelConfig plain, _) = Of("tiny", options, Pascal);
        TrainableRule rule = new(options);

        Assert.All(Parameters(plain), tensor => Assert.True(rule.Trains(tensor.Key), tensor.Key));
    }

    [Theory]
    [InlineData("backbone.layers.0.blocks.0.attn.qkv.bias", true)]
    [InlineData("backbone.layers.0.blocks.0.norm1.weight", true)]
    [InlineData("backbone.layers.0.blocks.0.attn.qkv.weight", false)]
    [InlineData("backbone.layers.0.downsample.reduction.weight", false)]
    [InlineData("decoders.decoders.depth.last_layer.3.weight", true)]
    public void Trains_BitFit_IsBiasesAndNorms(string key, bool expected) => Assert.Equal(expected, new TrainableRule(new AdapterOptions { Kind = "bitfit" }).Trains(key));

    [Fact]
    public void TaskOf_OnlyDecodersBelongToATask()
    {
        string[] tasks = ["sal", "depth"];

        Assert.Equal("depth", TrainableRule.TaskOf("decoders.decoders.depth.last_layer.0.weight", tasks));
        Assert.Equal("sal", TrainableRule.TaskOf("downsampler.sal.downsample_0.weight", tasks));
        Assert.Null(TrainableRule.TaskOf("backbone.layers.0.blocks.0.norm1.weight", tasks));
    }

    private static (ModelConfig Plain, ModelConfig Adapted) Of(string preset, AdapterOptions options, (string, int)[] outputs)
    {
        ModelConfig plain = new NetworkOptions { Preset = preset }.Create(outputs);
        return (plain, AdaptedModel.Of(plain, options));
    }

    private static IEnumerable<ExpectedTensor> Parameters(ModelConfig config) =>
        KeyCatalog.Of(config).Where(tensor => !tensor.Derived && !tensor.Key.Contains(".running_", StringComparison.Ordinal));

    private static long Thetas(ModelConfig adapted) =>
        adapted.Adapters.SharedTessellation.Values.Concat(adapted.Adapters.TaskTessellation.Values.SelectMany(tasks => tasks.Values)).Sum(cells => new Tessellation(cells).ParameterCount);

    private static long Trained(ModelConfig plain, AdapterOptions options, ParameterRole role)
    {
        TrainableRule rule = new(options);
        return Parameters(plain).Where(tensor => rule.Trains(tensor.Key) && TrainableRule.RoleOf(tensor.Key) == role).Sum(tensor => tensor.Count);
    }
}
