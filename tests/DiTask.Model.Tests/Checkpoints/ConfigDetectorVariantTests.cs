using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Tests.Checkpoints;

/// <summary>Every configuration that the authors' code accepts: written with its keys, then detected from them.</summary>
public sealed class ConfigDetectorVariantTests
{
    public static TheoryData<string> Variants => [.. Makers.Keys];

    private static Dictionary<string, Func<ModelConfig, ModelConfig>> Makers { get; } = new()
    {
        ["as it is"] = config => config,
        ["position embedding"] = config => WithBackbone(config, backbone => backbone with { AbsolutePositionEmbedding = true }),
        ["no qkv bias"] = config => WithBackbone(config, backbone => backbone with { QkvBias = false }),
        ["no patch norm"] = config => WithBackbone(config, backbone => backbone with { PatchNorm = false }),
        ["mlp ratio 2"] = config => WithBackbone(config, backbone => backbone with { MlpRatio = 2 }),
        // 8 x 2.7 = 21.6 and so on: 21, 43, 86, 172; the detected ratio is the largest quotient.
        ["mlp ratio 2.6875"] = config => WithBackbone(config, backbone => backbone with { MlpRatio = 172.0 / 64 }),
        ["patch 4, windows 2"] = config => WithBackbone(config, backbone => backbone with { PatchSize = 4, ImageSize = 64, WindowSizes = [2, 2, 2, 2] }),
        ["thetas in merging"] = config => config with { Adapters = Configs.Adapters(config, _ => true) },
        ["plain fc1"] = config => config with { Adapters = Configs.Adapters(config, layer => !layer.EndsWith("fc1", StringComparison.Ordinal) && !layer.EndsWith("reduction", StringComparison.Ordinal)) },
        ["plain qkv and proj"] = config => config with { Adapters = Configs.Adapters(config, layer => layer.EndsWith("fc1", StringComparison.Ordinal) || layer.EndsWith("fc2", StringComparison.Ordinal)) },
        ["task thetas everywhere"] = KeyCatalogTests.Specialised,
        ["no downsampler"] = config => config with { Tasks = [.. config.Tasks.Select(task => task with { DecoderChannels = null })] },
        ["no thetas"] = config => config with { Adapters = Configs.Adapters(config, _ => false) },
        ["no thetas, one downsampler"] = config => config with { Adapters = Configs.Adapters(config, _ => false), SharedDownsampler = true },
        ["one task"] = config => config with
        {
            Tasks = [config.Tasks[1]],
            Adapters = config.Adapters with
            {
                TaskTessellation = config.Adapters.TaskTessellation.ToDictionary(layer => layer.Key, IReadOnlyDictionary<string, int> (layer) => new Dictionary<string, int> { ["depth"] = layer.Value["depth"] }),
            },
        },
        ["no tasks"] = config => config with
        {
            Tasks = [],
            DataSet = null,
            Adapters = config.Adapters with { TaskTessellation = new Dictionary<string, IReadOnlyDictionary<string, int>>() },
        },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Detect_Variant_IsTheConfigThatWasWritten(string name)
    {
        ModelConfig expected = Makers[name](Configs.Small());
        using var folder = new TemporaryFolder();
        SeededCheckpoint.Write(folder["x.pth"], expected);
        using CheckpointFile file = CheckpointFile.Open(folder["x.pth"]);

        ModelConfig config = ConfigDetector.Detect(file);

        AssertSame(expected, config);
        Assert.Empty(config.Notes);
        AssertComplete(file, config);
    }

    [Fact]
    public void Detect_LayerWithoutThetasButWrapped_IsPlain()
    {
        ModelConfig expected = Makers["no thetas"](Configs.Small());
        using var folder = new TemporaryFolder();
        PthWriter.Write(folder["x.pth"], SeededCheckpoint.Tensors(expected, 1, derived: true, has: key => !key.Contains("reduction", StringComparison.Ordinal)));
        using CheckpointFile file = CheckpointFile.Open(folder["x.pth"]);

        ModelConfig config = ConfigDetector.Detect(file);

        Assert.True(file.Tensors.ContainsKey("backbone.layers.0.blocks.0.attn.qkv.linear.weight"));
        AssertSame(expected, config);
        AssertComplete(file, config);
    }

    [Fact]
    public void Detect_PlainSwinOfMicrosoft_IsABackboneWithoutTasks()
    {
        ModelConfig expected = Makers["no thetas"](Configs.Small());
        expected = expected with { Tasks = [], DataSet = null, Backbone = expected.Backbone with { KeyPrefix = "" } };
        using var folder = new TemporaryFolder();
        PthWriter.Write(folder["swin.pth"], [.. SeededCheckpoint.Tensors(expected, 1, derived: true), new HostTensor("norm.weight", [64], new float[64]), new HostTensor("head.weight", [2, 64], new float[128])]);
        using CheckpointFile file = CheckpointFile.Open(folder["swin.pth"]);

        ModelConfig config = ConfigDetector.Detect(file);

        AssertSame(expected, config);
        CheckpointAudit audit = CheckpointAudit.Of(file, config);
        Assert.Equal(["norm.weight", "head.weight"], audit.Ignored);
        audit.ThrowUnlessComplete(file.Path);
        Assert.Empty(audit.Unused);
    }

    [Fact]
    public void Detect_PlainSwinWithoutMasks_TakesThePublishedSize()
    {
        ModelConfig swin = ModelPresets.Create("tiny") with { Adapters = Configs.Adapters(Configs.Small(), _ => false) };
        swin = swin with { Backbone = swin.Backbone with { ImageSize = 224, EmbedDim = 6, KeyPrefix = "" } };

        ModelConfig config = Detect(swin, derived: false);

        Assert.Equal((224, ImageSizeSource.Convention), (config.Backbone.ImageSize, config.ImageSizeSource));
    }

    [Fact]
    public void Detect_AdaptedWithoutMasks_ReadsTheSizeOffTheSmallerWindow()
    {
        ModelConfig config = Detect(Configs.Small(), derived: false);

        Assert.Equal((32, ImageSizeSource.WindowSize), (config.Backbone.ImageSize, config.ImageSizeSource));
    }

    [Fact]
    public void Detect_NothingSaysTheSize_AsksForIt()
    {
        ModelConfig written = Makers["patch 4, windows 2"](Configs.Small());

        CheckpointException error = Assert.Throws<CheckpointException>(() => Detect(written, derived: false));

        Assert.Contains("give --image-size", error.Message, StringComparison.Ordinal);
        ModelConfig given = Detect(written, derived: false, imageSize: 128);
        Assert.Equal((128, ImageSizeSource.Given), (given.Backbone.ImageSize, given.ImageSizeSource));
    }

    [Theory]
    [InlineData(50, "must be even")]
    [InlineData(33, "no multiple of the patch size 2")]
    [InlineData(64, "belong to a grid of that size")]
    [InlineData(0, "no multiple of the patch size 2")]
    [InlineData(-32, "no multiple of the patch size 2")]
    public void Detect_ImageSizeThatDoesNotFit_SaysWhy(int size, string problem)
    {
        var error = Assert.Throws<CheckpointException>(() => Detect(Configs.Small(), imageSize: size));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_OtherSizeThanThePositionEmbedding_IsRefused()
    {
        ModelConfig written = WithBackbone(Makers["patch 4, windows 2"](Configs.Small()), backbone => backbone with { AbsolutePositionEmbedding = true });

        CheckpointException error = Assert.Throws<CheckpointException>(() => Detect(written, imageSize: 128));

        Assert.Contains("image size 128 does not fit the absolute position embedding, which is for 64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backbone.layers.0.blocks.0.attn.qkv.lora_shared_B", "this is an MTLoRA checkpoint ('backbone.layers.0.blocks.0.attn.qkv.lora_shared_B')")]
    [InlineData("backbone.layers.0.blocks.0.attn.logit_scale", "this is a Swin V2")]
    public void Detect_OtherAdapters_AreNamed(string key, string problem)
    {
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(Configs.Small(), 1), new HostTensor(key, [1], [1])];

        Assert.Contains(problem, DetectError(tensors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_NoSwin_ShowsTheFirstKeys() =>
        Assert.Contains("the first keys are 'conv1.weight', 'conv1.bias'", DetectError([new HostTensor("conv1.weight", [1], [1]), new HostTensor("conv1.bias", [1], [1])]).Message, StringComparison.Ordinal);

    [Fact]
    public void Detect_SeveralProblems_AreAllListed()
    {
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(Configs.Small(), 1, derived: true)];
        Replace(tensors, "backbone.layers.1.blocks.0.attn.relative_position_bias_table", [50, 3]);
        Replace(tensors, "backbone.layers.2.blocks.0.mlp.fc1.lora_shared_A", [2, 9]);
        tensors.RemoveAll(tensor => tensor.Name == "backbone.layers.0.blocks.0.attn.proj.lora_tasks_A.depth");

        string message = DetectError(tensors).Message;

        Assert.Contains("has 50 rows, expected (2w-1)^2", message, StringComparison.Ordinal);
        Assert.Contains("has 3 heads, expected a divisor of 16 channels", message, StringComparison.Ordinal);
        Assert.Contains("'backbone.layers.2.blocks.0.mlp.fc1.lora_shared_A' is [2,9], a theta is [1,d]", message, StringComparison.Ordinal);
        Assert.Contains("'layers.0.blocks.0.attn.proj' has no theta for depth", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deconv_layers.0.weight", "conv_layers.0.weight", HeadKind.UpDecoder)]
    [InlineData("linear_c1.proj.weight", "linear_pred.weight", HeadKind.SegFormer)]
    [InlineData("0.convs.0.0.weight", "4.weight", HeadKind.Aspp)]
    public void Detect_OtherHead_IsNamed(string key, string output, HeadKind kind)
    {
        ModelConfig written = Configs.Small();
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(written, 1, derived: true)];
        tensors.RemoveAll(tensor => tensor.Name.StartsWith("decoders.decoders.depth.", StringComparison.Ordinal));
        tensors.Add(new HostTensor("decoders.decoders.depth." + key, [1, 1, 1, 1], [1]));
        tensors.Add(new HostTensor("decoders.decoders.depth." + output, [1, 1, 1, 1], [1]));

        ModelConfig config = Detect(tensors);

        Assert.Equal([HeadKind.Hrnet, kind], config.Tasks.Select(task => task.Head));
        Assert.Equal(1, config.Tasks[1].OutputChannels);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a b")]
    [InlineData("")]
    public void Detect_TaskNameThatIsNoName_IsRefused(string name)
    {
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(Configs.Small(), 1, derived: true), new HostTensor($"decoders.decoders.{name}.last_layer.0.weight", [1, 1, 1, 1], [1])];

        Assert.Contains("is no name for a task", DetectError(tensors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_ThousandsOfTasks_IsRefusedSoon()
    {
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(Configs.Small(), 1, derived: true)];
        tensors.AddRange(Enumerable.Range(0, 5000).Select(index => new HostTensor($"decoders.decoders.t{index}.last_layer.0.weight", [1], [1])));

        string message = DetectError(tensors).Message;

        Assert.Contains("'decoders.decoders.' has 5002 tasks, expected at most 64", message, StringComparison.Ordinal);
        Assert.Contains("; and more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_EmbeddedConfigThatDisagrees_IsANote()
    {
        using var folder = new TemporaryFolder();
        string official = Fixture.Path("golden", "micro", "ckpt_epoch_7.pth");
        byte[] pickle = ReadEntry(official, "ckpt_epoch_7/data.pkl");
        // IMG_SIZE = 64, the next M operand after its name, becomes 65; DEPTHS begins with 2, which becomes 3.
        Change(pickle, "IMG_SIZE", 0x40, 0x41);
        Change(pickle, "DEPTHS", 0x02, 0x03);
        string path = folder.Write("x.pth", Rezip(official, pickle));
        using CheckpointFile file = CheckpointFile.Open(path);

        ModelConfig config = ConfigDetector.Detect(file);

        Assert.Equal(64, config.Backbone.ImageSize);
        Assert.Contains("image size: AttentionMask says 64, EmbeddedConfig says 65", config.Notes);
        Assert.Contains("the embedded config says MODEL.SWIN.DEPTHS = [3,2,2,1], the tensors say [2,2,2,1]", config.Notes);
        Assert.Equal(2, config.Notes.Count);
    }

    private static void Change(byte[] pickle, string name, byte from, byte to)
    {
        int at = System.Text.Encoding.Latin1.GetString(pickle).IndexOf(name, StringComparison.Ordinal) + name.Length;
        while (pickle[at] != 'K' || pickle[at + 1] != from)
        {
            at++;
        }

        pickle[at + 1] = to;
    }

    private static byte[] ReadEntry(string path, string name)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(path);
        using Stream entry = zip.GetEntry(name)!.Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Rezip(string path, byte[] pickle)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(path);
        return HandMade.ZipOf([.. zip.Entries.Select(entry => (entry.FullName, entry.Name == "data.pkl" ? pickle : ReadEntry(path, entry.FullName)))]);
    }

    private static ModelConfig WithBackbone(ModelConfig config, Func<BackboneConfig, BackboneConfig> change) => config with { Backbone = change(config.Backbone) };

    private static void Replace(List<HostTensor> tensors, string key, int[] shape)
    {
        int at = tensors.FindIndex(tensor => tensor.Name == key);
        tensors[at] = new HostTensor(key, shape, new float[shape.Aggregate(1, (product, size) => product * size)]);
    }

    private static CheckpointException DetectError(IReadOnlyList<HostTensor> tensors) => Assert.Throws<CheckpointException>(() => Detect(tensors));

    private static ModelConfig Detect(ModelConfig config, bool derived = true, int? imageSize = null) => Detect(SeededCheckpoint.Tensors(config, 1, derived), imageSize);

    private static ModelConfig Detect(IReadOnlyList<HostTensor> tensors, int? imageSize = null)
    {
        using var folder = new TemporaryFolder();
        PthWriter.Write(folder["x.pth"], tensors);
        using CheckpointFile file = CheckpointFile.Open(folder["x.pth"]);
        return ConfigDetector.Detect(file, imageSize);
    }

    private static void AssertComplete(CheckpointFile file, ModelConfig config)
    {
        CheckpointAudit audit = CheckpointAudit.Of(file, config);
        audit.ThrowUnlessComplete(file.Path);
        Assert.Empty(audit.Unused);
        Assert.Empty(audit.Ignored);
    }

    private static void AssertSame(ModelConfig expected, ModelConfig actual)
    {
        Assert.Equal(
            expected.Backbone with { Depths = [], NumHeads = [], WindowSizes = [] },
            actual.Backbone with { Depths = [], NumHeads = [], WindowSizes = [] });
        Assert.Equal(expected.Backbone.Depths, actual.Backbone.Depths);
        Assert.Equal(expected.Backbone.NumHeads, actual.Backbone.NumHeads);
        Assert.Equal(expected.Backbone.WindowSizes, actual.Backbone.WindowSizes);
        Assert.Equal(expected.Tasks.Select(task => (task.Name, task.OutputChannels, task.Head)), actual.Tasks.Select(task => (task.Name, task.OutputChannels, task.Head)));
        Assert.Equal(expected.Tasks.Select(task => task.DecoderChannels), actual.Tasks.Select(task => task.DecoderChannels));
        Assert.Equal(expected.Adapters.SharedTessellation.OrderBy(layer => layer.Key), actual.Adapters.SharedTessellation.OrderBy(layer => layer.Key));
        Assert.Equal(expected.Adapters.TaskTessellation.Keys.Order(), actual.Adapters.TaskTessellation.Keys.Order());
        foreach ((string layer, IReadOnlyDictionary<string, int> tasks) in expected.Adapters.TaskTessellation)
        {
            Assert.Equal(tasks.OrderBy(task => task.Key), actual.Adapters.TaskTessellation[layer].OrderBy(task => task.Key));
        }

        Assert.Equal(expected.DataSet, actual.DataSet);
        Assert.Equal(expected.SharedDownsampler, actual.SharedDownsampler);
        Assert.Equal(expected.ImageSizeSource, actual.ImageSizeSource);
    }
}
