using DiTask.Cli.Commands;
using DiTask.Model.Data;
using DiTask.Model.Data.Checks;
using DiTask.Model.Data.Folders;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Tests.Data;

public sealed class DataCheckTests
{
    [Fact]
    public void Run_GoodFolder_CountsAndFindsNothing()
    {
        using TemporaryFolder folder = new();
        WriteGood(folder);

        DatasetReport report = DatasetCheck.Run(folder.Path, new DatasetOptions());

        Assert.Empty(report.Problems);
        Assert.True(report.Usable);
        Assert.Equal((DatasetFormat.Plain, 4), (report.Format, report.Pictures));
        Assert.Equal([new SplitReport("train", 3), new SplitReport("val", 1)], report.Splits);
        TaskReport semseg = report.Tasks[0], depth = report.Tasks[1];
        Assert.Equal(0.25, semseg.VoidShare);
        Assert.Equal([new ClassReport(0, "wall", 1 / 3.0, 4), new ClassReport(1, "floor", 2 / 3.0, 4)], semseg.Classes);
        Assert.Equal((4, 0, 1.0, 3.0, 2.0), (depth.Labelled, depth.VoidShare, depth.Least, depth.Most, depth.Mean));
    }

    [Fact]
    public void Run_BrokenFolder_ReportsEverythingAtOnce()
    {
        using TemporaryFolder folder = new();
        WriteGood(folder);
        Pictures.WriteText(folder["dataset.json"], """{ "complete": true, "tasks": { "semseg": { "classes": ["wall", "floor", "sky"] }, "depth": {}, "sal": {} } }""");
        Pictures.WriteText(folder["splits/train.txt"], "a\nb\nc\na\ngone\n");
        Pictures.WriteText(folder["splits/val.txt"], "d\nc\n");
        File.WriteAllBytes(folder["splits/test.txt"], [0xFF, 0xFE, 0xFF]);
        File.WriteAllBytes(folder["images/b.png"], File.ReadAllBytes(folder["images/b.png"])[..^20]);
        File.Delete(folder["depth/c.npy"]);
        Pictures.WritePng(folder["semseg/c.png"], 4, 4, 8, (x, _) => x == 1 ? 9 : 0);
        Pictures.WritePng(folder["semseg/d.png"], 4, 3, 8, (x, _) => x == 1 ? 1 : 0);
        Pictures.WritePng(folder["semseg/a.png"], 8, 8, 8, (_, _) => 255);
        Pictures.WriteNpy(folder["depth/d.npy"], "|S1", [4, 4], new byte[16]);
        Pictures.WriteNpy(folder["depth/a.npy"], "<f4", [4, 4], [.. Enumerable.Repeat(-1f, 16)]);
        Pictures.WriteNpy(folder["depth/orphan.npy"], "<f4", [1, 1], 1f);
        Pictures.WriteImage(folder["images/unlisted.png"], Pictures.Image(4, 4, (_, _) => (1, 2, 3)));
        Directory.CreateDirectory(folder["masks"]);

        DatasetReport report = DatasetCheck.Run(folder.Path, new DatasetOptions());

        Assert.False(report.Usable);
        Assert.Equal(
            [
                "Error: classes out of range", "Error: depths out of range", "Error: labels of another shape than their picture", "Error: missing labels",
                "Error: missing pictures", "Error: names in two lists", "Error: names that are listed twice", "Error: tasks without a folder",
                "Error: unreadable labels", "Error: unreadable lists", "Error: unreadable pictures", "Warning: classes that never occur",
                "Warning: folders that are not read", "Warning: labels of another size than their picture", "Warning: labels without a known pixel",
                "Warning: labels without a picture", "Warning: pictures in no list",
            ],
            report.Problems.Select(problem => $"{problem.Severity}: {problem.Kind}").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Message.Contains("found 9 on 4 pixels", StringComparison.Ordinal));
        Assert.Equal(3, report.Problems.Count(problem => problem.Kind == "missing labels"));
    }

    [Fact]
    public void Run_PartialLabels_AreNoMistake()
    {
        using TemporaryFolder folder = new();
        WriteGood(folder);
        File.Delete(folder["depth/c.npy"]);

        DatasetReport report = DatasetCheck.Run(folder.Path, new DatasetOptions());

        Assert.Empty(report.Problems);
        Assert.Equal((4, 3), (report.Tasks[0].Labelled, report.Tasks[1].Labelled));
    }

    [Fact]
    public void Run_ClassesUnknown_ChecksTheOtherTasks()
    {
        using TemporaryFolder folder = new();
        WriteGood(folder);
        File.Delete(folder["dataset.json"]);

        DatasetReport report = DatasetCheck.Run(folder.Path, new DatasetOptions());

        Assert.Equal("descriptions that are missing", Assert.Single(report.Problems).Kind);
        Assert.Equal("depth", Assert.Single(report.Tasks).Task);
    }

    [Fact]
    public void Run_Pascal_FindsOnlyTheUnusualCounts()
    {
        using PascalFixture files = new();

        DatasetReport report = DatasetCheck.Run(files.Path, new DatasetOptions());

        Assert.Equal(DatasetFormat.Pascal, report.Format);
        Assert.True(report.Usable);
        Assert.Equal(["classes that never occur", "lists of another length than the published ones"], report.Problems.Select(problem => problem.Kind).Distinct().Order());
        Assert.Equal(3, report.Pictures);
    }

    [Fact]
    public void Problems_ListWithinAnother_IsAWarningOnly()
    {
        DatasetProblem problem = Assert.Single(SplitCheck.Problems(new Dictionary<string, IReadOnlyList<string>> { ["train"] = ["a"], ["trainval"] = ["a", "b"], ["val"] = ["c"] }));

        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
    }

    [Fact]
    public void Command_Errors_ExitWithOneAndListThem()
    {
        using TemporaryFolder folder = new();
        WriteGood(folder);
        (int good, string text, _) = Run("check", folder.Path);
        File.Delete(folder["images/b.png"]);

        (int bad, string problems, _) = Run("check", folder.Path);
        (int json, string document, _) = Run("check", folder.Path, "--json");
        (int none, _, string error) = Run("check", folder["no"]);

        Assert.Equal((0, 1, 1, 1), (good, bad, json, none));
        Assert.Contains("Usable: 0 errors, 0 warnings.", text, StringComparison.Ordinal);
        Assert.Contains("semseg      labelled 4 of 4, unknown 25.0 % of the pixels; 2 of 2 classes: floor 66.7 %, wall 33.3 %", text, StringComparison.Ordinal);
        Assert.Contains("ERROR: missing pictures (1)", problems, StringComparison.Ordinal);
        Assert.False(System.Text.Json.JsonDocument.Parse(document).RootElement.GetProperty("usable").GetBoolean());
        Assert.Contains("does not exist", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("pascal")]
    public void Preview_Folder_IsASheetOfPicturesAndTasks(string augment)
    {
        using TemporaryFolder folder = new();
        WriteGood(folder);

        (int code, _, string error) = Run("preview", folder.Path, "--out", folder["sheet.png"], "--count", "2", "--size", "64", "--augment", augment);
        (int none, _, string reason) = Run("preview", folder.Path, "--out", folder["other.png"], "--split", "test");

        Assert.Equal((0, "", 1), (code, error, none));
        Assert.Contains("has train, val", reason, StringComparison.Ordinal);
        using RgbImage sheet = ImageDecoder.Decode(File.ReadAllBytes(folder["sheet.png"]), new DecodeLimits());
        Assert.True(sheet.Width > 3 * 64 && sheet.Height > 2 * 64);
    }

    [Fact]
    public void Paint_Unknown_IsAChequerAndTheRestHasTheTasksColours()
    {
        LabelMap classes = Pictures.Map(8, 1, (x, _) => x == 7 ? LabelMap.Void : x % 3), depth = Pictures.Map(4, 1, (x, _) => x == 3 ? LabelMap.Void : 1 + x);

        using RgbImage labels = LabelPainter.Paint(TaskCatalog.Describe("semseg", 21), classes.Values, 8, 1);
        using RgbImage metres = LabelPainter.Paint(TaskCatalog.Describe("depth", 1), depth.Values, 4, 1);

        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128, 0], labels.Pixels[..9].ToArray());
        Assert.Equal([110, 110, 110], labels.Pixels[21..].ToArray());
        // The ends of viridis.
        Assert.Equal([0x44, 0x01, 0x54], metres.Pixels[..3].ToArray());
        Assert.Equal([0xFD, 0xE7, 0x25], metres.Pixels[6..9].ToArray());
        Assert.Equal([70, 70, 70], metres.Pixels[9..].ToArray());
    }

    private static void WriteGood(TemporaryFolder folder)
    {
        PlainDatasetWriter writer = new(folder.Path, new PlainDatasetInfo
        {
            Tasks = new Dictionary<string, PlainTaskInfo> { ["semseg"] = new() { Classes = [new("wall"), new("floor")] }, ["depth"] = new() },
        });
        foreach (string id in (string[])["a", "b", "c", "d"])
        {
            using RgbImage image = Pictures.Image(4, 4, (x, y) => (x, y, 0));
            writer.Write(id, image, new Dictionary<string, LabelMap>
            {
                ["semseg"] = Pictures.Map(4, 4, (x, _) => x == 0 ? LabelMap.Void : x == 1 ? 0 : 1),
                ["depth"] = Pictures.Map(4, 4, (x, _) => x < 2 ? 1 : 3),
            });
        }

        writer.Finish(new Dictionary<string, IReadOnlyList<string>> { ["train"] = ["a", "b", "c"], ["val"] = ["d"] });
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = DataCommand.Create().Parse(arguments).Invoke(new System.CommandLine.InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
