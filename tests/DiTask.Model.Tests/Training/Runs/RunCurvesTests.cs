using System.Xml.Linq;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class RunCurvesTests : IDisposable
{
    private const string Head = "step,update,epoch,total,normals,depth,learning_rate,gradient_norm,images_per_second\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_TableOfARun_HasTheLossesByTaskAndDropsALineThatWasCut()
    {
        File.WriteAllText(folder["steps.csv"], Head + Line(1, 4, 2) + Line(2, 2, 1) + "3,3,0.1,1,0.");

        LossTable table = LossTable.Read(folder.Path)!;

        Assert.Equal([1, 2], table.Steps);
        Assert.Equal(["normals", "depth"], table.Losses.Select(losses => losses.Task));
        Assert.Equal([2, 1], table.Losses[1].Values);
    }

    // Steps 1 and 2 are the first half, 4 the second.
    [Fact]
    public void Means_OverParts_LeaveNoStepOut()
    {
        LossTable table = new([1, 2, 4], [("depth", [3, 1, 8])]);

        Assert.Equal([2, 8], table.Means("depth", last: 4, parts: 2));
        Assert.Equal([3, 1, double.NaN, 8], table.Means("depth", last: 4, parts: 4));
        Assert.Equal([3, 1, 8], LossCurve.Of("a", [table], "depth", 4, "red").Values);
        Assert.Equal([0.125, 0.375, 0.875], LossCurve.Of("a", [table], "depth", 4, "red").Places!);
    }

    [Fact]
    public void Of_TwoRuns_IsTheirMean() => Assert.Equal(
        [2, 6],
        LossCurve.Of("a", [new LossTable([1, 2], [("depth", [1, 4])]), new LossTable([1, 2], [("depth", [3, 8])])], "depth", 2, "red").Values);

    [Theory]
    [InlineData("step,total,learning_rate\n", "is no table of steps")]
    [InlineData("", "is no table of steps")]
    [InlineData(Head + "1,2\n", "line 2: expected 9 values")]
    [InlineData(Head + "1,1,1,1,x,2,0,0,0\n", "line 2: expected a loss of normals; found 'x'")]
    public void Read_SomethingElse_IsNamed(string text, string expected)
    {
        File.WriteAllText(folder["steps.csv"], text);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => LossTable.Read(folder.Path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("steps.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RunWithEvaluations_DrawsLossesAndHeadlines()
    {
        File.WriteAllText(folder["steps.csv"], Head + Line(1, 4, 2) + Line(2, 2, 1) + Line(3, 1.5, 0.5));
        File.WriteAllText(folder["log.jsonl"], "{\"kind\":\"notice\",\"text\":\"\"}\n" + Evaluation(1, 3, 31) + Evaluation(3, 2, 22));

        RunCurves.Write(RunFolder.New(folder.Path));

        XElement svg = XElement.Load(folder["curves.svg"]);
        string[] words = [.. svg.Descendants().Where(item => item.Name.LocalName == "text").Select(item => item.Value)];
        Assert.Equal(["normals, loss", "depth, loss", "normals.mean", "depth.rmse"], words.Where(word => word.Contains("normals", StringComparison.Ordinal) || word.Contains("depth", StringComparison.Ordinal)));
        Assert.Equal(2 + 4 + 2, svg.Descendants().Count(item => item.Name.LocalName == "polyline"));
        Assert.DoesNotContain(svg.Descendants(), item => item.Name.LocalName is "script" or "image" or "foreignObject");
    }

    [Fact]
    public void Write_NoStep_LeavesNoPicture()
    {
        File.WriteAllText(folder["steps.csv"], Head);

        RunCurves.Write(RunFolder.New(folder.Path));

        Assert.False(File.Exists(folder["curves.svg"]));
    }

    private static string Line(int step, double normals, double depth) => FormattableString.Invariant($"{step},{step},0.1,1,{normals},{depth},0.001,2,10.00\n");

    private static string Evaluation(int step, double loss, double score) => FormattableString.Invariant(
        $"{{\"kind\":\"validation\",\"step\":{step},\"epoch\":1,\"losses\":{{\"normals\":{loss},\"depth\":{loss}}},\"metrics\":{{\"normals.mean\":{score},\"normals.median\":1,\"depth.rmse\":\"NaN\",\"depth.abs\":1}}}}\n");
}
