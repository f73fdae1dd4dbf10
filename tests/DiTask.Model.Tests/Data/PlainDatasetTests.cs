using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Vision;

namespace DiTask.Tests.Data;

public sealed class PlainDatasetTests
{
    [Fact]
    public void Writer_EveryTask_IsReadBack()
    {
        using TemporaryFolder folder = new();
        PlainDatasetWriter writer = new(folder.Path, Info());
        Dictionary<string, LabelMap> labels = Labels();
        using RgbImage image = Pictures.Image(6, 4, (x, y) => (x * 40, y * 60, 7));
        writer.Write("a", image, labels);
        writer.Write("b", image, new Dictionary<string, LabelMap>());
        Assert.False(File.Exists(folder["dataset.json"]));
        writer.Finish(new Dictionary<string, IReadOnlyList<string>> { ["train"] = ["b", "a"], ["val"] = ["a"] });

        PlainDataset dataset = new(folder.Path, "train");
        using Sample labelled = dataset.Load(1), bare = dataset.Load(0);

        Assert.Equal("shapes train", dataset.Name);
        Assert.Equal(["semseg", "human_parts", "sal", "normals", "edge", "depth"], dataset.Tasks.Select(task => task.Name));
        Assert.Equal(["wall", "floor", "box"], dataset.Tasks[0].Classes.Select(item => item.Name));
        Assert.Equal("#102030", dataset.Tasks[0].Classes[1].Color);
        Assert.Equal(image.Pixels.ToArray(), labelled.Image.Pixels.ToArray());
        Assert.Empty(bare.Labels);
        foreach ((string task, LabelMap map) in labels)
        {
            // Normals are stored as halves.
            Assert.Equal(map.Channels == 3 ? map.Values.Select(value => (float)(Half)value) : map.Values, labelled.Labels[task].Values);
        }

        Assert.Equal(["a.npy"], Directory.GetFiles(folder["edge"]).Select(path => Path.GetFileName(path)));
        Assert.DoesNotContain(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories), path => path.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_WrongLabels_AreRefusedAndLeaveNothing()
    {
        using TemporaryFolder folder = new();
        PlainDatasetWriter writer = new(folder.Path, Info());
        using RgbImage image = Pictures.Image(2, 2, (_, _) => (0, 0, 0));

        void Write(string task, LabelMap map) => writer.Write("a", image, new Dictionary<string, LabelMap> { [task] = map });

        Assert.Contains("found 3 at", Assert.Throws<ArgumentException>(() => Write("semseg", Pictures.Map(2, 2, (_, _) => 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Write("sal", Pictures.Map(2, 2, (_, _) => 0.5f)));
        Assert.Throws<ArgumentException>(() => Write("normals", Pictures.Map(2, 2, (_, _) => 0)));
        Assert.Throws<ArgumentException>(() => Write("colour", Pictures.Map(2, 2, (_, _) => 0)));
        Assert.Throws<DatasetException>(() => writer.Write("../a", image, new Dictionary<string, LabelMap>()));
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Load_BinaryPng_IsZeroOneOrAboveHalf()
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a", "b");
        Pictures.WritePng(folder["sal/a.png"], 2, 2, 8, (x, _) => x);
        Pictures.WritePng(folder["sal/b.png"], 2, 2, 8, (x, y) => x == 0 ? 127 : y == 0 ? 128 : 255);

        PlainDataset dataset = new(folder.Path, PlainDataset.AllPictures);
        using Sample small = dataset.Load(0), wide = dataset.Load(1);

        Assert.Equal([0, 1, 0, 1], small.Labels["sal"].Values);
        Assert.Equal([0, 1, 0, 1], wide.Labels["sal"].Values);
    }

    [Fact]
    public void Load_DepthAndNormalsPng_AreMetresAndUnitVectors()
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a");
        Pictures.WritePng(folder["depth/a.png"], 2, 2, 16, (x, y) => (y * 2) + x == 0 ? 0 : 1250);
        Pictures.WriteImage(folder["normals/a.png"], Pictures.Image(2, 2, (x, y) => ((y * 2) + x) switch { 0 => (0, 0, 0), 1 => (128, 128, 128), 2 => (128, 128, 255), _ => (0, 128, 128) }));

        using Sample sample = new PlainDataset(folder.Path, "all").Load(0);

        Assert.Equal([255, 1.25f, 1.25f, 1.25f], sample.Labels["depth"].Values);
        Assert.Equal([255, 255, 0.00392f, -1], sample.Labels["normals"].Values[..4].Select(value => MathF.Round(value, 5)));
        Assert.Equal(1, sample.Labels["normals"].Values[10]);

        Pictures.WriteText(folder["dataset.json"], """{ "tasks": { "depth": { "pngScale": 0.01 } } }""");
        using Sample scaled = new PlainDataset(folder.Path, "all").Load(0);
        Assert.Equal(12.5f, scaled.Labels["depth"].Values[1]);
    }

    [Fact]
    public void Load_NpyInMillimetres_IsMetres()
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a");
        Pictures.WriteNpy(folder["depth/a.npy"], "<u2", [1, 2, 1], (ushort)0, (ushort)2500);
        Pictures.WriteText(folder["dataset.json"], """{ "name": "rooms", /* as scanned */ "tasks": { "depth": { "unit": "mm" } } }""");

        PlainDataset dataset = new(folder.Path, "all");
        using Sample sample = dataset.Load(0);

        Assert.Equal("rooms all", dataset.Name);
        Assert.Equal([255, 2.5f], sample.Labels["depth"].Values);
    }

    [Theory]
    [InlineData("""{ "tasks": { "semseg": { "classes": 3 } } }""", "class_2")]
    [InlineData("""{ "tasks": { "semseg": { "classes": ["a", "b", "c"] } } }""", "c")]
    [InlineData("""{ "tasks": { "semseg": { "classes": ["a", { "name": "b", "color": "#FF0000" }, { "name": "sea" }] } } }""", "sea")]
    public void Open_Classes_MayBeWrittenInThreeWays(string json, string last)
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a");
        Pictures.WritePng(folder["semseg/a.png"], 2, 2, 8, (x, _) => x);
        Pictures.WriteText(folder["dataset.json"], json);

        PlainDataset dataset = new(folder.Path, "all");

        Assert.Equal(3, dataset.Tasks[0].Channels);
        Assert.Equal(last, dataset.Tasks[0].Classes[^1].Name);
    }

    [Theory]
    [InlineData("""{ "tasks": { "semseg": { } } }""", "classes of semseg")]
    [InlineData("""{ "tasks": { "semseg": { "classes": 1 } } }""", "2 to 255 classes")]
    [InlineData("""{ "tasks": { "semseg": { "classes": 400 } } }""", "number of classes")]
    [InlineData("""{ "tasks": { "semseg": { "classes": [null, null] } } }""", "class")]
    [InlineData("""{ "tasks": { "semseg": { "classes": ["a", { "name": "b", "color": "red" }] } } }""", "#RRGGBB; found 'red'")]
    [InlineData("""{ "tasks": { "semseg": { "classes": 3, "unit": "m" } } }""", "Only depth")]
    [InlineData("""{ "tasks": { "depth": { "pngScale": 0 } } }""", "pngScale")]
    [InlineData("""{ "tasks": { "semsge": { } } }""", "'semsge'")]
    [InlineData("""{ "classes": 3 }""", "classes")]
    [InlineData("""{ "tasks": null }""", "tasks")]
    [InlineData("[]", "JSON")]
    [InlineData("{", "JSON")]
    public void Open_WrongDescription_SaysWhat(string json, string part)
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a");
        Pictures.WritePng(folder["semseg/a.png"], 2, 2, 8, (x, _) => x);
        Pictures.WriteText(folder["dataset.json"], json);

        DatasetException error = Assert.Throws<DatasetException>(() => new PlainDataset(folder.Path, "all"));

        Assert.Contains("dataset.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_ClassBeyondTheLast_IsRefused()
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a");
        Pictures.WritePng(folder["human_parts/a.png"], 2, 2, 8, (x, y) => x + y == 2 ? 7 : 255);

        DatasetException error = Assert.Throws<DatasetException>(() => new PlainDataset(folder.Path, "all").Load(0).Dispose());

        Assert.Contains("0 to 6, or 255 for unknown; found 7 at (1, 1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_MissingLabel_IsUnlabelledUnlessTheSetIsComplete(bool complete)
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a", "b");
        Pictures.WritePng(folder["sal/a.png"], 2, 2, 8, (x, _) => x);
        Pictures.WriteText(folder["dataset.json"], $$"""{ "complete": {{(complete ? "true" : "false")}} }""");
        PlainDataset dataset = new(folder.Path, "all");

        if (complete)
        {
            Assert.Contains("b.png' does not exist", Assert.Throws<DatasetException>(() => dataset.Load(1).Dispose()).Message, StringComparison.Ordinal);
        }
        else
        {
            using Sample sample = dataset.Load(1);
            Assert.Empty(sample.Labels);
        }
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 10, 0xFF, 0xFE }, "UTF-8")]
    [InlineData(new byte[] { 10, 32, 10 }, "found none")]
    [InlineData(new byte[] { (byte)'.', (byte)'.', (byte)'/', (byte)'a' }, "without folder")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' }, "'a?b'")]
    public void Open_WrongList_SaysWhat(byte[] list, string part)
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "a");
        Pictures.WritePng(folder["sal/a.png"], 2, 2, 8, (x, _) => x);
        Directory.CreateDirectory(folder["splits"]);
        File.WriteAllBytes(folder["splits/train.txt"], list);

        DatasetException error = Assert.Throws<DatasetException>(() => new PlainDataset(folder.Path, "train"));

        Assert.Contains("train.txt", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ListWithMarkAndWindowsLines_IsRead()
    {
        using TemporaryFolder folder = new();
        AddImages(folder, "ä", "b");
        Pictures.WritePng(folder["sal/ä.png"], 2, 2, 8, (x, _) => x);
        Pictures.WriteText(folder["splits/train.txt"], "\uFEFFb\r\n\r\n ä\r\n");

        PlainDataset dataset = new(folder.Path, "train");

        Assert.Equal(["b", "ä"], [dataset.Id(0), dataset.Id(1)]);
        Assert.Contains("has train", Assert.Throws<DatasetException>(() => new PlainDataset(folder.Path, "val")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingThere_SaysWhatIsExpected()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("'images' (plain)", Assert.Throws<DatasetException>(() => DatasetFolder.Open(folder.Path, "train")).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<DatasetException>(() => DatasetFolder.Detect(folder["no"])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder["images"]);
        Assert.Contains("0 pictures", Assert.Throws<DatasetException>(() => DatasetFolder.Open(folder.Path, "train")).Message, StringComparison.Ordinal);
    }

    private static void AddImages(TemporaryFolder folder, params string[] ids)
    {
        foreach (string id in ids)
        {
            Pictures.WriteImage(folder[$"images/{id}.png"], Pictures.Image(2, 2, (x, y) => (x, y, 0)));
        }
    }

    private static PlainDatasetInfo Info() => new()
    {
        Name = "shapes",
        Tasks = new Dictionary<string, PlainTaskInfo>
        {
            ["semseg"] = new() { Classes = [new("wall"), new("floor", "#102030"), new("box")] },
            ["human_parts"] = new(), ["sal"] = new(), ["normals"] = new(), ["edge"] = new(), ["depth"] = new(),
        },
    };

    private static Dictionary<string, LabelMap> Labels() => new()
    {
        ["semseg"] = Pictures.Map(6, 4, (x, y) => y == 0 ? 255 : x % 3),
        ["human_parts"] = Pictures.Map(6, 4, (x, _) => x),
        ["sal"] = Pictures.Map(6, 4, (x, _) => x > 2 ? 1 : 0),
        ["normals"] = Pictures.Normals(6, 4, (x, _) => x == 0 ? (255, 255, 255) : (0.6f, 0, -0.8f)),
        ["edge"] = Pictures.Map(6, 4, (x, y) => y == 3 ? 255 : x == 2 ? 1 : 0),
        ["depth"] = Pictures.Map(6, 4, (x, y) => y == 2 ? 255 : 0.5f + x),
    };
}
