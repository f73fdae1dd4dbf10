using DiTask.Model.Data;
using DiTask.Model.Data.Folders;

namespace DiTask.Tests.Data;

public sealed class PascalContextDatasetTests
{
    [Fact]
    public void Load_EveryTask_IsWhatTheFilesHold()
    {
        using PascalFixture files = new();
        PascalContextDataset dataset = new(files.Path, "train");

        using Sample sample = dataset.Load(0);

        Assert.Equal(["semseg", "human_parts", "sal", "normals", "edge"], dataset.Tasks.Select(task => task.Name));
        Assert.Equal((2, "2008_000002"), (dataset.Count, sample.Id));
        Assert.Equal((PascalFixture.Width, PascalFixture.Height), (sample.Image.Width, sample.Image.Height));
        Assert.Equal([255, 15, 15, 15, 15, 15, 20, 20, 20, 20, 20, 20], sample.Labels["semseg"].Values[..12]);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], sample.Labels["sal"].Values[..12]);
        Assert.Equal(1, sample.Labels["edge"].Values[12..24].Sum());
    }

    [Fact]
    public void Load_Normals_AreKeptOnTrustedClassesOnly()
    {
        using PascalFixture files = new();
        using Sample sample = new PascalContextDataset(files.Path, "val").Load(0);

        LabelMap normals = sample.Labels["normals"];

        Assert.Equal((255, 255, 255), (normals.Values[5], normals.Values[120 + 5], normals.Values[240 + 5]));
        Assert.Equal(1, normals.Values[6]);
        Assert.Equal((2 * 128 / 255.0) - 1, normals.Values[120 + 6], 1e-6);
    }

    [Fact]
    public void Load_HumanParts_MapsNamesAndLaterPartsWin()
    {
        using PascalFixture files = new();
        using Sample sample = new PascalContextDataset(files.Path, "train").Load(0);

        LabelMap parts = sample.Labels["human_parts"];

        float At(int x, int y) => parts.Values[(y * PascalFixture.Width) + x];
        Assert.Equal((1, 1, 2, 6, 0), (At(0, 0), At(1, 1), At(3, 3), At(0, 9), At(11, 5)));
    }

    [Fact]
    public void Load_NoPeople_HasPartsOfZeros()
    {
        using PascalFixture files = new();
        using Sample sample = new PascalContextDataset(files.Path, "train").Load(1);

        Assert.Equal(PascalFixture.Width * PascalFixture.Height, sample.Labels["human_parts"].Values.Length);
        Assert.All(sample.Labels["human_parts"].Values, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("hair", 1)]
    [InlineData("rebrow", 1)]
    [InlineData("neck", 2)]
    [InlineData("ruarm", 3)]
    [InlineData("lhand", 4)]
    [InlineData("llarm", 4)]
    [InlineData("luleg", 5)]
    [InlineData("llleg", 6)]
    [InlineData("rfoot", 6)]
    [InlineData("tail", null)]
    public void Label_OfPart_IsTheReferences(string part, int? label) => Assert.Equal(label, HumanParts.Label(part));

    [Fact]
    public void IsTrusted_Classes_AreTheReferences()
    {
        Assert.Equal(170, PascalNormals.Count);
        Assert.True(PascalNormals.IsTrusted(3) && PascalNormals.IsTrusted(457));
        Assert.False(PascalNormals.IsTrusted(2) || PascalNormals.IsTrusted(0) || PascalNormals.IsTrusted(459));
    }

    [Fact]
    public void Load_DamagedMat_NamesTheFile()
    {
        using PascalFixture files = new();
        string path = files["human_parts/2008_000002.mat"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);

        DatasetException error = Assert.Throws<DatasetException>(() => new PascalContextDataset(files.Path, "train").Load(0).Dispose());

        Assert.Contains("2008_000002.mat", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SomeTasks_ReadsOnlyTheirFiles()
    {
        using PascalFixture files = new();
        Directory.Delete(files["human_parts"], recursive: true);

        using Sample sample = new PascalContextDataset(files.Path, "train", new DatasetOptions { Tasks = ["sal", "semseg"] }).Load(0);

        Assert.Equal(["sal", "semseg"], sample.Labels.Keys.Order());
        Assert.Throws<DatasetException>(() => new PascalContextDataset(files.Path, "train", new DatasetOptions { Tasks = ["depth"] }));
        Assert.Throws<DatasetException>(() => new PascalContextDataset(files.Path, "../../x"));
    }
}
