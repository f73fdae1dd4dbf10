using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Tests.Checkpoints;

/// <summary>Numbers of reference specification 5.2 and 6, which come from instantiating the authors' model.</summary>
public sealed class KeyCatalogTests
{
    private static readonly (string, int)[] Pascal = [("semseg", 21), ("normals", 3), ("sal", 1), ("human_parts", 7)];

    [Theory]
    [InlineData("tiny", 29_467_754, 3_549_482, 3_312, 1_946_624, 1_599_546)]
    [InlineData("small", 50_803_610, 3_610_202, 21_264, 1_946_624, 1_642_314)]
    [InlineData("base", 88_953_288, 5_089_992, 21_264, 2_190_848, 2_877_880)]
    [InlineData("large", 197_692_964, 9_081_764, 21_264, 2_679_296, 6_381_204)]
    public void ParameterCounts_ReleasedSizes_AreTheReferences(string size, long total, long trainable, long thetas, long decoder, long extras)
    {
        ParameterCounts counts = Count(ModelPresets.Create(size, Pascal));

        Assert.Equal((total, trainable, thetas, decoder, extras), (counts.Total, counts.Trainable, counts.Thetas, counts.Decoder, counts.BackboneExtras));
    }

    [Fact]
    public void ParameterCounts_NyudTasks_AreTheReferences()
    {
        Assert.Equal((28_521_323, 2_603_051), Totals(("semseg", 40), ("depth", 1)));
        Assert.Equal((29_481_807, 3_563_535), Totals(("semseg", 40), ("normals", 3), ("edge", 1), ("depth", 1)));

        static (long, long) Totals(params (string, int)[] tasks) => Count(ModelPresets.Create("tiny", tasks)) is var counts ? (counts.Total, counts.Trainable) : default;
    }

    [Fact]
    public void DeadThetas_Tiny_AreTheReferences()
    {
        ModelConfig config = ModelPresets.Create("tiny", Pascal);

        Assert.Equal(51, DeadThetas.Of(config).Count);
        Assert.Equal(333, Count(config).DeadThetas);
    }

    [Fact]
    public void DeadThetas_IntermediateSpecialization_AreAlsoThoseOfTheEarlierBlocks()
    {
        ModelConfig config = Specialised(ModelPresets.Create("tiny", Pascal));

        // 8 blocks are not the last of their stage, with three layers and four tasks each.
        Assert.Equal(51 + 8 * 3 * 4, DeadThetas.Of(config).Count);
    }

    [Fact]
    public void DeadThetas_LastFc1WithoutTasks_KeepTheSharedPathAlive()
    {
        ModelConfig config = ModelPresets.Create("tiny", Pascal);
        config = config with
        {
            Adapters = config.Adapters with
            {
                TaskTessellation = config.Adapters.TaskTessellation.Where(layer => layer.Key != "layers.3.blocks.1.mlp.fc1").ToDictionary(),
            },
        };

        string[] shared = [.. DeadThetas.Of(config).Where(key => key.EndsWith("lora_shared_A", StringComparison.Ordinal))];

        Assert.Equal(["backbone.layers.3.blocks.1.mlp.fc2.lora_shared_A"], shared);
    }

    [Fact]
    public void Of_Tiny_HasTheReferencesNumberOfEntries()
    {
        IReadOnlyList<ExpectedTensor> tensors = KeyCatalog.Of(ModelPresets.Create("tiny", Pascal));

        // 383, of which 6 are masks; the catalogue lists a mask for each of the 12 blocks.
        Assert.Equal(383 + 6, tensors.Count);
        Assert.Equal(144, tensors.Count(tensor => tensor.Key.Contains("lora_", StringComparison.Ordinal)));
        Assert.Equal([256, 49, 49], tensors.Single(tensor => tensor.Key == "backbone.layers.0.blocks.1.attn_mask").Shape);
    }

    [Fact]
    public void Audit_Micro_FitsWithoutRest()
    {
        using CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", "micro", "ckpt_epoch_7.pth"));

        CheckpointAudit audit = CheckpointAudit.Of(file, ConfigDetector.Detect(file));

        Assert.Empty(audit.Missing);
        Assert.Empty(audit.WrongShapes);
        Assert.Empty(audit.Unused);
        Assert.Empty(audit.Ignored);
        audit.ThrowUnlessComplete(file.Path);
    }

    [Fact]
    public void Audit_KeysThatDoNotFit_AreAllNamedAtOnce()
    {
        using var folder = new TemporaryFolder();
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(Configs.Small(), seed: 1, derived: true)];
        tensors.RemoveAll(tensor => tensor.Name is "backbone.layers.1.blocks.0.norm1.bias" or "backbone.layers.2.blocks.0.attn.proj.linear.bias");
        int at = tensors.FindIndex(tensor => tensor.Name == "backbone.layers.0.blocks.0.norm1.weight");
        tensors[at] = new HostTensor(tensors[at].Name, [3], [1, 1, 1]);
        tensors.Add(new HostTensor("backbone.extra", [1], [1]));
        PthWriter.Write(folder["x.pth"], tensors);
        using CheckpointFile file = CheckpointFile.Open(folder["x.pth"]);

        CheckpointAudit audit = CheckpointAudit.Of(file, ConfigDetector.Detect(file));
        CheckpointException error = Assert.Throws<CheckpointException>(() => audit.ThrowUnlessComplete(file.Path));

        Assert.Contains("'backbone.layers.0.blocks.0.norm1.weight' is [3], the model needs [8]", error.Message, StringComparison.Ordinal);
        Assert.Contains("'backbone.layers.1.blocks.0.norm1.bias [16]' is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("'backbone.layers.2.blocks.0.attn.proj.linear.bias [32]' is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("'backbone.extra' is not of this model", error.Message, StringComparison.Ordinal);
        Assert.Equal("1 wrong shapes, 2 missing, 1 unknown", error.Found);
    }

    public static ModelConfig Specialised(ModelConfig config)
    {
        IReadOnlyDictionary<string, int> tasks = config.Adapters.TaskTessellation.Values.First();
        return config with
        {
            Adapters = config.Adapters with
            {
                TaskTessellation = config.Adapters.SharedTessellation.Keys.ToDictionary(layer => layer, _ => tasks),
            },
        };
    }

    private static ParameterCounts Count(ModelConfig config) =>
        ParameterCounts.Of(KeyCatalog.Of(config).Select(tensor => (tensor.Key, tensor.Count)), config);
}
