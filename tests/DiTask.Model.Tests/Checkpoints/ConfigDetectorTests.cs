using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Tests.Checkpoints;

public sealed class ConfigDetectorTests
{
    [Theory]
    [InlineData("micro/ckpt_epoch_7.pth")]
    [InlineData("variants/state_dict.pth")]
    [InlineData("variants/legacy_nonzip.pth")]
    [InlineData("variants/fp16_model.pth")]
    public void Detect_Micro_IsWhatItsConfigSays(string name)
    {
        using CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", name));

        ModelConfig config = ConfigDetector.Detect(file);

        Assert.Equal(64, config.Backbone.ImageSize);
        Assert.Equal(ImageSizeSource.AttentionMask, config.ImageSizeSource);
        Assert.Equal(4, config.Backbone.PatchSize);
        Assert.Equal(12, config.Backbone.EmbedDim);
        Assert.Equal([2, 2, 2, 1], config.Backbone.Depths);
        Assert.Equal([1, 2, 4, 4], config.Backbone.NumHeads);
        Assert.Equal([4, 4, 4, 2], config.Backbone.WindowSizes);
        Assert.Equal(4.0, config.Backbone.MlpRatio);
        Assert.True(config.Backbone.QkvBias);
        Assert.True(config.Backbone.PatchNorm);
        Assert.False(config.Backbone.AbsolutePositionEmbedding);
        Assert.Null(config.Backbone.QkScale);
        Assert.Equal(["semseg", "normals", "sal", "depth"], config.Tasks.Select(task => task.Name));
        Assert.Equal([21, 3, 1, 1], config.Tasks.Select(task => task.OutputChannels));
        Assert.All(config.Tasks, task => Assert.Equal([4, 8, 16, 32], task.DecoderChannels!));
        Assert.All(config.Tasks, task => Assert.Equal(HeadKind.Hrnet, task.Head));
        Assert.Equal(28, config.Adapters.SharedTessellation.Count);
        Assert.All(config.Adapters.SharedTessellation.Values, cells => Assert.Equal(16, cells));
        Assert.True(config.Adapters.HasTasks("layers.0.blocks.1.attn.proj"));
        Assert.False(config.Adapters.HasTasks("layers.0.blocks.0.attn.proj"));
        Assert.True(config.Adapters.HasTasks("layers.0.blocks.0.attn.qkv"));
        Assert.All(config.Adapters.TaskTessellation.Values, tasks => Assert.All(tasks.Values, cells => Assert.Equal(4, cells)));
        Assert.Equal("mixed", config.DataSet);
        Assert.Empty(config.Notes);
    }
}
