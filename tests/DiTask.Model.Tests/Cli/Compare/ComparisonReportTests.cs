using System.CommandLine;
using System.Globalization;
using System.Xml.Linq;
using DiTask.Cli.Commands;
using DiTask.Cli.Compare;
using DiTask.Cli.Compare.Report;
using DiTask.Model.Training;
using DiTask.Tests;

namespace DiTask.Model.Tests.Cli.Compare;

public sealed class ComparisonReportTests : IDisposable
{
    private static readonly string[] Figures = ["few-curves.svg", "few-gain.svg", "few-parameters.svg"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Report_ComparisonThatShips_WritesThePageAndFiguresWithEachRowOnce()
    {
        MadeUpRuns.WriteAll(folder["runs"]);

        (int code, string error) = Run(Path.Combine(Fixture.Repository, "configs", "comparisons", "few.yaml"));

        Assert.True(code == 0, error);
        Assert.Equal([.. Figures, "few.md"], Directory.GetFiles(folder["report"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(MadeUpRuns.Rows.Keys, row => Assert.Equal((1, 1), (Words("few-gain.svg").Count(word => word == row), Words("few-parameters.svg").Count(word => word == row))));
        Assert.Equal(
            ["single", "frozen", "extras", "lora-r4", "ditask-value-wide", "full", .. MadeUpRuns.Single.Keys],
            Words("few-curves.svg").Where(word => MadeUpRuns.Rows.ContainsKey(word) || MadeUpRuns.Single.ContainsKey(word)));
        Assert.Equal(36, Svg("few-curves.svg").Descendants().Count(item => item.Name.LocalName == "polyline" && item.Ancestors().Any(parent => parent.Name.LocalName == "g")));
        string page = File.ReadAllText(folder["report/few.md"]);
        Assert.All(Figures, figure => Assert.Contains($"]({figure})", page, StringComparison.Ordinal));
        Assert.Contains("measured on: scenes test, 150 pictures", page, StringComparison.Ordinal);
        Assert.Contains("seeds: 1, 2, 3", page, StringComparison.Ordinal);
        Assert.Contains("`data.limit=128`", page, StringComparison.Ordinal);
        Assert.Equal(9, page.Split('\n').Count(line => line.StartsWith("| P", StringComparison.Ordinal)));
        Assert.Contains("--row random-full\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" " + folder.Path, page, StringComparison.Ordinal);
    }

    // By hand: of single, both scores are those of Delta-m 0; a has 10 and 6 percent, so a mean of 8 and a deviation of 2.83.
    [Fact]
    public void GainFigure_TwoSeeds_HasWhiskersOneStandardDeviationAroundTheMean()
    {
        ComparedRow row = new("a", [MadeUp(1), MadeUp(2)], [10, 6]);

        XElement svg = XElement.Parse(GainFigure.Draw([row]));

        XElement[] texts = [.. Named(svg, "text")];
        Dictionary<double, double> ticks = texts.Where(text => (string?)text.Attribute("class") == "a" && (string?)text.Attribute("text-anchor") == "middle")
            .ToDictionary(text => double.Parse(text.Value, CultureInfo.InvariantCulture), text => Number(text, "x"));
        double Value(double x) => (x - ticks[0]) / (ticks[10] - ticks[0]) * 10;
        XElement[] whisker = [.. Named(svg, "line").Where(line => (string?)line.Attribute("class") == "ink")];
        const double units = 0.02;
        Assert.Equal(8 - (4 / Math.Sqrt(2)), Value(Number(whisker[0], "x1")), units);
        Assert.Equal(8 + (4 / Math.Sqrt(2)), Value(Number(whisker[0], "x2")), units);
        Assert.Equal(Number(whisker[0], "x1"), Number(whisker[1], "x1"), units);
        XElement bar = Named(svg, "rect").Single(rect => rect.Attribute("fill-opacity") is not null);
        Assert.Equal((0, 8), (Math.Round(Value(Number(bar, "x")), 1), Math.Round(Value(Number(bar, "x") + Number(bar, "width")), 1)));
        Assert.Equal([10, 6], Named(svg, "circle").Select(dot => Math.Round(Value(Number(dot, "cx")), 1)));
        Assert.Contains("+8.00 ±2.83", texts.Select(text => text.Value));
    }

    [Fact]
    public void GainFigure_RowThatLearntNothing_DoesNotSqueezeTheOthers()
    {
        ComparedRow low = new("constant", [MadeUp(1, new ParameterReport(0, 0, 0, 0, 0, 0, 0))], [-90]);

        XElement svg = XElement.Parse(GainFigure.Draw([low, new("a", [MadeUp(1)], [-5])]));

        Assert.DoesNotContain(Named(svg, "text"), text => text.Value == "-80");
        Assert.Contains(Named(svg, "text"), text => text.Value == "-90.00");
        Assert.Equal(2, Named(svg, "polyline").Count());
        Assert.All(Named(svg, "rect").Where(rect => rect.Attribute("fill-opacity") is not null), bar => Assert.True(Number(bar, "x") > 0));
    }

    [Fact]
    public void Report_RowsWithoutStepsOrParameters_AreInTheTableOnly()
    {
        File.WriteAllText(folder["base.yaml"], "");
        string file = Comparison("rows: {heads: [adapter.kind=frozen], thetas: [], prior: [], late: []}, seeds: [1, 2]");
        foreach (string row in (string[])["single", "heads", "thetas", "prior"])
        {
            MadeUpRuns.Write(folder["runs"], row, 1, MadeUpRuns.Scores(-3), new ParameterReport(row == "thetas" ? 7 : 0, 0, 0, 0, row == "prior" ? 0 : 5, 0, 0));
        }

        Directory.Delete(folder["runs/prior/seed-1/run"], recursive: true);

        (int code, string error) = Run(file);

        Assert.True(code == 0, error);
        Assert.Contains("prior", Words("few-gain.svg"));
        Assert.DoesNotContain("prior", Words("few-parameters.svg"));
        Assert.DoesNotContain("prior", Words("few-curves.svg"));
        Assert.Contains("none", Words("few-parameters.svg"));
        Assert.Contains("single (1 of 2), heads (1 of 2), thetas (1 of 2), prior (1 of 2), late (0 of 2).", File.ReadAllText(folder["report/few.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_RowsOfOneSize_HasNoFigureOfSizes()
    {
        File.WriteAllText(folder["base.yaml"], "");
        string file = Comparison("rows: {equal: [], rlw: []}, seeds: [1]");
        foreach (string row in (string[])["single", "equal", "rlw"])
        {
            MadeUpRuns.Write(folder["runs"], row, 1, MadeUpRuns.Scores(-3), new ParameterReport(row == "single" ? 0 : 7, 0, 0, 0, 5, 0, 0));
        }

        (int code, string error) = Run(file);

        Assert.True(code == 0, error);
        Assert.Equal(["few-curves.svg", "few-gain.svg", "few.md"], Directory.GetFiles(folder["report"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("parameters.svg", File.ReadAllText(folder["report/few.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_StepsThatCannotBeRead_LeavesNothing()
    {
        File.WriteAllText(folder["base.yaml"], "");
        string file = Comparison("rows: {heads: []}, seeds: [1]");
        MadeUpRuns.Write(folder["runs"], "heads", 1, MadeUpRuns.Scores(-3), new ParameterReport(0, 0, 0, 0, 5, 0, 0));
        File.AppendAllText(folder["runs/heads/seed-1/run/steps.csv"], "481,no\n");

        (int code, string error) = Run(file);

        Assert.Equal(1, code);
        Assert.Contains("line 482: expected 13 values", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["report"]));
    }

    // A folder has the name of the last file, when the others could be written.
    [Fact]
    public void Report_FolderThatCannotTakeIt_LeavesNothingHalfWritten()
    {
        File.WriteAllText(folder["base.yaml"], "");
        string file = Comparison("rows: {heads: []}, seeds: [1]");
        foreach (string row in (string[])["single", "heads"])
        {
            MadeUpRuns.Write(folder["runs"], row, 1, MadeUpRuns.Scores(-3), new ParameterReport(0, 0, 0, 0, 5, 0, 0));
        }

        Directory.CreateDirectory(folder["report/few.md"]);

        (int code, string error) = Run(file);

        Assert.Equal(1, code);
        Assert.Contains("few.md' is a folder", error, StringComparison.Ordinal);
        Assert.Equal(["few.md"], Directory.GetFileSystemEntries(folder["report"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Report_NoRunIsDone_IsSaid()
    {
        File.WriteAllText(folder["base.yaml"], "");

        (int code, string error) = Run(Comparison("rows: {heads: []}, seeds: [1]"));

        Assert.Equal(1, code);
        Assert.Contains("--report needs runs that are done", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Command_WordsOfAShell_AreQuotedAndPathsOfTheMachineAreNot()
    {
        ReportSource source = new("few.yaml", ["adapter.extras=[]", $"data.path={Path.Combine(Environment.CurrentDirectory, "scenes")}"], "out", "test");

        Assert.Equal("./ditask compare few.yaml --set 'adapter.extras=[]' --set data.path=scenes --split test --out out --row a", source.Command("--row", "a"));
    }

    private static ComparedRun MadeUp(long seed, ParameterReport? parameters = null) =>
        new("a", seed, MadeUpRuns.Single, parameters ?? new ParameterReport(1, 0, 0, 0, 1, 0, 0), 1);

    private static IEnumerable<XElement> Named(XElement svg, string name) => svg.Descendants().Where(item => item.Name.LocalName == name);

    private static double Number(XElement item, string name) => double.Parse(item.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private XElement Svg(string name) => XElement.Load(folder[$"report/{name}"]);

    private string[] Words(string name) => [.. Named(Svg(name), "text").Select(text => text.Value)];

    private string Comparison(string rest)
    {
        File.WriteAllText(folder["few.yaml"], $"{{base: base.yaml, single: [], {rest}}}");
        return folder["few.yaml"];
    }

    private (int Code, string Error) Run(string file)
    {
        using StringWriter output = new(), error = new();
        int code = new RootCommand { CompareCommand.Create() }
            .Parse(["compare", file, "--table", "--set", $"data.path={folder.Path}", "--out", folder["runs"], "--report", folder["report"]])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, error.ToString());
    }
}
