using System.CommandLine;
using DiTask.Cli.Commands;
using DiTask.Cli.Compare;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Tests.Training;
using DiTask.Model.Training.Config;
using DiTask.Tests;

namespace DiTask.Model.Tests.Cli;

[Collection(TrainingTests.Name)]
public sealed class CompareCommandTests : IDisposable
{
    private const string Micro = """
        network: {image_size: 64, patch_size: 4, embed_dim: 12, depths: [1, 1, 1, 1], num_heads: [1, 2, 4, 4], window: 4, decoder_channels: [4, 8, 16, 16]}
        tasks: [depth, normals]
        schedule: {epochs: 1}
        validation: {every: 0}
        batch: 4
        device: cpu
        threads: 1
        """;

    private readonly TemporaryFolder folder = new();

    public CompareCommandTests()
    {
        ToyScenes.Write(folder["data"], train: 8, val: 2);
        File.WriteAllText(folder["base.yaml"], Micro);
    }

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Fixture.Repository, "configs", "comparisons")).Select(file => Path.GetFileName(file))];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EveryFileThatShips_HasNoMistake(string file) =>
        Assert.NotEmpty(Comparison.Read(Path.Combine(Fixture.Repository, "configs", "comparisons", file), ["data.path=."]).Rows);

    [Fact]
    public void Compare_TwoRows_MakesATableAndDoesNothingTwice()
    {
        string file = Write("""
            base: base.yaml
            single: [adapter.kind=full]
            rows: {heads: [adapter.kind=frozen], thetas: [adapter.cells=8]}
            seeds: [1, 2]
            """);

        (int half, string early, _) = Run(file, "--row", "heads");
        (int code, string said, string error) = Run(file);
        DateTime written = File.GetLastWriteTimeUtc(folder["out/heads/seed-1/result.json"]);
        (_, string again, _) = Run(file, "--report", folder["report"]);

        Assert.True(code == 0 && half == 0, error);
        Assert.Contains("Not complete: constant (0 of 1), position (0 of 1), linear-probe (0 of 1), single (0 of 2), thetas (0 of 2).", early, StringComparison.Ordinal);
        string[] table = [.. said.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.StartsWith("| row | seeds | theta | adapter | backbone | heads | normals.mean down | depth.rmse down | Delta-m | ms/step |", table[0], StringComparison.Ordinal);
        Assert.Equal(["constant", "position", "linear-probe", "single", "heads", "thetas"], table.Skip(2).Select(line => line.Split('|')[1].Trim()));
        Assert.Equal(["+0.00", "0", "0"], [Cell(Row("single"), 9)[..5], Cell(Row("heads"), 3), Cell(Row("heads"), 5)]);
        Assert.NotEqual("0", Cell(Row("thetas"), 3));
        Assert.DoesNotContain("Not complete", said, StringComparison.Ordinal);
        Assert.Equal(table, again.Split('\n').Where(line => line.StartsWith('|')));
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder["out/heads/seed-1/result.json"]));
        Assert.True(File.Exists(folder["out/thetas/seed-2/evaluation.json"]));

        string Row(string name) => table.Single(line => Cell(line, 1) == name);
        Assert.True(File.Exists(folder["out/thetas/seed-2/run/curves.svg"]));
        Assert.Equal(["compare-curves.svg", "compare-gain.svg", "compare-parameters.svg", "compare.md"], Directory.GetFiles(folder["report"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("val, 2 pictures, by the folded model", File.ReadAllText(folder["report/compare.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_RowsWithoutTraining_AreMeasuredOnce()
    {
        string file = Write("{base: base.yaml, settings: [data.limit=4], single: [], rows: {heads: [adapter.kind=frozen]}, seeds: [1, 2]}");

        (int code, string said, string error) = Run(file, "--row", "constant", "--row", "position", "--row", "linear-probe");

        Assert.True(code == 0, error);
        string[] table = [.. said.Split('\n').Where(line => line.StartsWith('|')).Skip(2)];
        Assert.Equal(["constant", "position", "linear-probe"], table.Select(line => Cell(line, 1)));
        Assert.All(table, line => Assert.Equal(["", "", "", "", "", "", ""], new[] { 2, 3, 4, 5, 6, 9, 10 }.Select(cell => Cell(line, cell))));
        Assert.Contains("Not complete: single (0 of 2), heads (0 of 2).", said, StringComparison.Ordinal);
        EvaluationReport report = Of("constant");
        Assert.Equal(("constant predictor", "toy train, 4 pictures", "toy val"), (report.Run.Model.Name, report.Run.Model.Source, report.Dataset.Name));
        ComparedRun run = ComparedRun.Of(folder["out/position/seed-0"])!;
        Assert.Equal((0L, null, null), (run.Seed, run.Parameters, run.MillisecondsPerStep));
        Assert.Equal(["depth", "normals"], run.Scores.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("linear probe", "a drawn backbone, 4 pictures"), (Of("linear-probe").Run.Model.Name, Of("linear-probe").Run.Model.Source));
        // The wall is the same at the same place of every toy scene; a constant misses its slope.
        Assert.InRange(run.Scores["depth"].Value, 0.01, report.Run.Tasks.Single(task => task.Task == "depth").Metrics[0].Value - 0.01);

        EvaluationReport Of(string row) => EvaluationReport.Read(folder[$"out/{row}/seed-0/evaluation.json"]);
    }

    [Fact]
    public void Compare_WithoutSingle_HasNoSuchRowAndNoDeltaM()
    {
        string file = Write("{base: base.yaml, settings: [data.limit=4], rows: {heads: [adapter.kind=frozen]}, seeds: [1]}");

        (int code, string said, string error) = Run(file, "--row", "constant");

        Assert.True(code == 0, error);
        string[] table = [.. said.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.DoesNotContain("Delta-m", table[0], StringComparison.Ordinal);
        Assert.All(table, line => Assert.Equal(11, line.Split('|').Length));
        Assert.Contains("Not complete: position (0 of 1), linear-probe (0 of 1), heads (0 of 1).", said, StringComparison.Ordinal);
        Assert.Contains("found single", Run(file, "--row", "single").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_RunThatAnotherProcessHas_IsLeftToIt()
    {
        string file = Write("{base: base.yaml, single: [], rows: {heads: [adapter.kind=frozen]}, seeds: [1]}");
        Directory.CreateDirectory(folder["out/heads/seed-1"]);
        using FileStream other = new(folder["out/heads/seed-1/.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        (int code, string said, _) = Run(file, "--row", "heads");

        Assert.Equal(0, code);
        Assert.Contains("No run is done", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out/heads/seed-1/run"]));
    }

    [Theory]
    [InlineData("{base: base.yaml, single: [], rows: {a: [adapter.knid=full]}, seeds: [1]}", "knid")]
    [InlineData("{base: base.yaml, single: [], rows: {single: []}, seeds: [1]}", "other than 'constant', 'position', 'linear-probe', 'single'")]
    [InlineData("{base: base.yaml, single: [], rows: {position: []}, seeds: [1]}", "found 1 rows, 1 seeds, 'position'")]
    [InlineData("{base: base.yaml, single: [], rows: {a/b: []}, seeds: [1]}", "'a/b'")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: []}", "0 seeds")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: [x]}", "x")]
    [InlineData("{base: base.yaml, single: [], seeds: [1]}", "'rows' is missing")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: [1], seed: 2}", "found seed")]
    [InlineData("{base: other.yaml, single: [], rows: {a: []}, seeds: [1]}", "other.yaml")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: [1], claims: [{name: P, better: a, than: b}]}", "claim P: expected a row of")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: [1], claims: [{name: P, better: a}]}", "a claim is {name, better, than}")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: [1], claims: [P]}", "a claim is {name, better, than}")]
    [InlineData("{base: base.yaml, single: [], rows: {a: []}, seeds: [1], curves: [b]}", "curves: expected at most 7 of")]
    [InlineData("[1", "")]
    public void Compare_Mistake_IsSaid(string text, string expected)
    {
        (int code, _, string error) = Run(Write(text));

        Assert.Equal(1, code);
        Assert.StartsWith("ditask compare: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void ConfigOf_Row_HasTheChangesOfAllThenItsOwnThenTheSeed()
    {
        Comparison comparison = Comparison.Read(Write("{base: base.yaml, settings: [batch=2, ema=0.5], single: [batch=3], rows: {a: [ema=0.9]}, seeds: [7]}"), ["data.path=.", "batch=5"]);

        RunConfig row = comparison.ConfigOf("a", 7);

        Assert.Equal((5, 0.9, 7L), (row.Batch, row.Ema, row.Seed));
        Assert.Equal((3, 0.5), (comparison.ConfigOf("single", 7).Batch, comparison.ConfigOf("single", 7).Ema));
    }

    private static string Cell(string line, int index) => line.Split('|')[index].Trim();

    private string Write(string text)
    {
        File.WriteAllText(folder["compare.yaml"], text);
        return folder["compare.yaml"];
    }

    private (int Code, string Output, string Error) Run(string file, params string[] more)
    {
        using StringWriter output = new(), error = new();
        int code = new RootCommand { CompareCommand.Create() }
            .Parse(["compare", file, "--set", $"data.path={folder["data"]}", "--split", "val", "--out", folder["out"], .. more])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
