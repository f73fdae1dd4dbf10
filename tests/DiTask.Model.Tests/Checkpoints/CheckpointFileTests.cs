using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class CheckpointFileTests
{
    private static readonly string Official = Fixture.Path("golden", "micro", "ckpt_epoch_7.pth");

    public static TheoryData<string, CheckpointFormat> Variants => new()
    {
        { "model_only.pth", CheckpointFormat.TorchZip },
        { "state_dict.pth", CheckpointFormat.TorchZip },
        { "plain_config.pth", CheckpointFormat.TorchZip },
        { "legacy_nonzip.pth", CheckpointFormat.TorchLegacy },
        { "torch2_layout.pth", CheckpointFormat.TorchZip },
        { "gpu_trained_like.pth", CheckpointFormat.TorchZip },
    };

    [Fact]
    public void Open_OfficialCheckpoint_ListsTheModelInItsOrder()
    {
        using CheckpointFile file = CheckpointFile.Open(Official);

        Assert.Equal(CheckpointFormat.TorchZip, file.Format);
        Assert.Equal(7, file.Epoch);
        Assert.Equal("backbone.patch_embed.proj.weight", file.Tensors.Keys.First());
        StoredTensor patch = file.Tensors["backbone.patch_embed.proj.weight"];
        Assert.Equal([12, 3, 4, 4], patch.Shape);
        Assert.Equal(TensorType.Float32, patch.Type);
        Assert.Equal(576, patch.Count);
        Assert.Equal(TensorType.Int64, file.Tensors["decoders.decoders.sal.last_layer.1.num_batches_tracked"].Type);
    }

    [Fact]
    public void Open_OfficialCheckpoint_HasTheConfigOfConfigJson()
    {
        JsonNode expected = JsonNode.Parse(File.ReadAllText(Fixture.Path("golden", "micro", "config.json")))!;

        using CheckpointFile file = CheckpointFile.Open(Official);

        Assert.NotNull(file.Config);
        Assert.Null(file.ConfigProblem);
        foreach (string path in (string[])["MODEL", "TASKS", "TASKS_CONFIG", "DATA", "TRAIN"])
        {
            Assert.True(JsonNode.DeepEquals(expected[path], file.Config.Find(path)), path);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Open_Variant_GivesTheTensorsOfTheOfficialFile(string name, CheckpointFormat format)
    {
        using CheckpointFile expected = CheckpointFile.Open(Official);
        using CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", "variants", name));

        Assert.Equal(format, file.Format);
        Assert.Equal(expected.Tensors.Keys, file.Tensors.Keys);
        foreach ((string key, StoredTensor tensor) in expected.Tensors)
        {
            Assert.Equal(tensor.Shape, file.Tensors[key].Shape);
            Assert.Equal(tensor.Type, file.Tensors[key].Type);
            Assert.Equal(tensor.ReadSingles(), file.Tensors[key].ReadSingles());
        }
    }

    [Fact]
    public void Open_HalfPrecisionVariant_GivesTheTensorsRounded()
    {
        using CheckpointFile expected = CheckpointFile.Open(Official);
        using CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", "variants", "fp16_model.pth"));

        Assert.Equal(TensorType.Float16, file.Tensors["backbone.patch_embed.proj.weight"].Type);
        Assert.Equal(expected.Tensors.Keys, file.Tensors.Keys);
        foreach ((string key, StoredTensor tensor) in expected.Tensors)
        {
            Assert.Equal(tensor.ReadSingles().Select(value => (float)(Half)value), file.Tensors[key].ReadSingles());
        }
    }

    [Fact]
    public void Open_PlainConfig_IsTheSameTree()
    {
        using CheckpointFile official = CheckpointFile.Open(Official);
        using CheckpointFile plain = CheckpointFile.Open(Fixture.Path("golden", "variants", "plain_config.pth"));

        Assert.True(JsonNode.DeepEquals(official.Config!.Root, plain.Config!.Root));
    }

    [Fact]
    public void Open_BareStateDict_HasNoConfigAndNoEpoch()
    {
        using CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", "variants", "state_dict.pth"));

        Assert.Null(file.Config);
        Assert.Null(file.ConfigProblem);
        Assert.Null(file.Epoch);
    }

    [Fact]
    public void Sha256_IsTheDigestOfTheBytes()
    {
        using CheckpointFile file = CheckpointFile.Open(Official);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Official))), file.Sha256);
    }

    [Fact]
    public void ReadDoubles_Integers_AreExact()
    {
        using CheckpointFile file = CheckpointFile.Open(Official);

        double[] index = file.Tensors["backbone.layers.0.blocks.0.attn.relative_position_index"].ReadDoubles();

        Assert.Equal(16 * 16, index.Length);
        Assert.Equal((24, 0, 48), (index[0], index[15], index[240]));
    }

    [Fact]
    public void ReadSingles_AfterDispose_Throws()
    {
        CheckpointFile file = CheckpointFile.Open(Official);
        StoredTensor tensor = file.Tensors.Values.First();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.ReadSingles());
    }

    [Fact]
    public void Open_MissingFile_SaysSo()
    {
        CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(Fixture.Path("nowhere.pth")));

        Assert.Equal("nowhere.pth: there is no such file.", error.Message);
    }

    [Fact]
    public void Open_Folder_SaysSo()
    {
        CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(Fixture.Path("golden")));

        Assert.Equal("golden: is a folder, expected a file.", error.Message);
    }
}
