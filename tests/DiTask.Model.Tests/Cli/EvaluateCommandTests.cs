using System.CommandLine;
using DiTask.Cli.Commands;
using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Inference;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Cli;

/// <summary>The whole command, on the bundled model and pictures labelled by that model itself.</summary>
public sealed class EvaluateCommandTests : IClassFixture<EvaluateCommandTests.LabelledByTheModel>, IDisposable
{
    private static readonly string Model = Path.Combine(Fixture.Repository, "models", "ditask-micro");

    private readonly LabelledByTheModel data;
    private readonly TemporaryFolder folder = new();

    public EvaluateCommandTests(LabelledByTheModel data) => this.data = data;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Invoke_LabelsOfTheModelItself_AreAllFound()
    {
        (int code, string output, string error) = Invoke(
            Model, "--data", data.Path, "--json", folder["out/r.json"], "--markdown", folder["out/r.md"], "--panels", folder["panels"], "--panel-count", "2", "--batch-size", "3");

        Assert.True(code == 0, error);
        EvaluationReport report = EvaluationReport.Read(folder["out/r.json"]);
        Dictionary<string, double> values = report.Run.Tasks.SelectMany(task => task.Metrics).ToDictionary(metric => metric.Name, metric => metric.Value);
        // The engine may add in another order in another batch, which can move a pixel that lies on the edge.
        Assert.InRange(values["semseg.miou.present"], 99, 100);
        Assert.InRange(values["sal.maxf"], 99.5, 100);
        Assert.Equal(0, values["normals.mean"], 1e-2);
        Assert.Equal(0, values["depth.rmse"], 1e-5);
        Assert.Equal((LabelledByTheModel.Count, LabelledByTheModel.Count), (report.Dataset.Images, report.Dataset.Available));
        Assert.Equal((64, "mtlora"), (report.InputSize, report.Protocol));
        Assert.Equal(ModelFolder.Open(Model).Digest, report.Run.Model.Digest);
        Assert.Equal("background", report.Run.Tasks[0].Classes[0].Name);
        Assert.Contains("semseg.miou", output, StringComparison.Ordinal);
        Assert.Contains(report.Run.Model.Digest!, File.ReadAllText(folder["out/r.md"]), StringComparison.Ordinal);
        Assert.Equal(["0000_p0.png", "0001_p1.png"], Directory.GetFiles(folder["panels"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Invoke_Checkpoint_GivesTheNumbersOfItsFolder()
    {
        (int code, _, string error) = Invoke($"{Model}.pth", "--data", data.Path, "--json", folder["r.json"], "--limit", "2");

        Assert.True(code == 0, error);
        EvaluationReport report = EvaluationReport.Read(folder["r.json"]);
        Assert.InRange(report.Run.Tasks.Single(task => task.Task == "semseg").Metrics[1].Value, 99, 100);
        Assert.Contains("only the first 2 of", Assert.Single(report.Warnings, warning => warning.StartsWith("only", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_AgainstItself_GivesTheSameColumnTwice()
    {
        (int code, _, string error) = Invoke(Model, "--data", data.Path, "--against", Model, "--json", folder["r.json"], "--tasks", "sal,semseg");

        Assert.True(code == 0, error);
        EvaluationReport report = EvaluationReport.Read(folder["r.json"]);
        Assert.Equal(["semseg", "sal"], report.Run.Tasks.Select(task => task.Task));
        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("not evaluated", StringComparison.Ordinal) || warning.StartsWith("against", StringComparison.Ordinal));
        Assert.Equal(report.Run.Tasks.SelectMany(task => task.Metrics), report.Against!.Tasks.SelectMany(task => task.Metrics));
    }

    [Theory]
    [InlineData("constant", "constant predictor")]
    [InlineData("position", "position prior")]
    public void Invoke_AgainstWhatLooksAtNoPicture_NamesItAndMeasuresIt(string name, string title)
    {
        (int code, string output, string error) = Invoke(
            Model, "--data", data.Path, "--against", name, "--prior-split", "val", "--json", folder["r.json"], "--markdown", folder["r.md"],
            "--panels", folder["panels"], "--panel-count", "1");

        Assert.True(code == 0, error);
        ReportRun against = EvaluationReport.Read(folder["r.json"]).Against!;
        Assert.Equal((title, null, null), (against.Model.Name, against.Model.Version, against.Model.Digest));
        Assert.EndsWith($" val, {LabelledByTheModel.Count} pictures", against.Model.Source, StringComparison.Ordinal);
        Assert.Contains($"against {title}, learnt from {against.Model.Source}", output, StringComparison.Ordinal);
        Assert.Contains($"| against | {title}, learnt from {against.Model.Source} |", File.ReadAllText(folder["r.md"]), StringComparison.Ordinal);
        Assert.Single(folder.Names(), "panels");
        ReportTask semseg = against.Tasks.Single(task => task.Task == "semseg");
        Assert.Equal(name == "constant", semseg.Classes.Count(entry => entry.PredictedPixels > 0) == 1);
        Assert.Equal(semseg.Classes.MaxBy(entry => entry.LabelledPixels)!.Name, semseg.Classes.MaxBy(entry => entry.PredictedPixels)!.Name);
        Assert.InRange(against.Tasks.Single(task => task.Task == "depth").Metrics[0].Value, 1e-3, 100);
    }

    [Fact]
    public void Invoke_Baselines_GiveDeltaM()
    {
        (int code, string output, string error) = Invoke(Model, "--data", data.Path, "--baselines", "paper", "--tasks", "sal", "--json", folder["r.json"]);

        Assert.True(code == 0, error);
        double saliency = EvaluationReport.Read(folder["r.json"]).Run.Tasks[0].Metrics[0].Value;
        Assert.Equal(100 * (saliency - 62.35) / 62.35, EvaluationReport.Read(folder["r.json"]).Run.DeltaM!.Percent, 1e-9);
        Assert.Contains("Delta-m +", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_BaselineThatIsMissing_IsNamedBeforeAnythingRuns()
    {
        (int code, _, string error) = Invoke(Model, "--data", data.Path, "--baselines", "paper", "--json", folder["r.json"]);

        Assert.Equal(1, code);
        Assert.Contains("'depth' (depth.rmse) has no baseline", error, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Theory]
    [InlineData("--split", "no-such", "no-such")]
    [InlineData("--tasks", "edge", "edge")]
    [InlineData("--limit", "0", "--limit: expected a number above 0; found 0")]
    [InlineData("--baselines", "no-such.json", "no-such.json")]
    [InlineData("--against", "no-such-model", "no-such-model")]
    [InlineData("--against", "./constant", "./constant")]
    [InlineData("--against", "constant", "train")]
    public void Invoke_WhatCannotBe_IsRefusedByName(string option, string value, string expected)
    {
        (int code, _, string error) = Invoke(Model, "--data", data.Path, option, value, "--json", folder["r.json"]);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Invoke_NoModelOrNoData_IsRefusedByName()
    {
        Assert.Contains("no-model", Invoke("no-model", "--data", data.Path).Error, StringComparison.Ordinal);
        Assert.Contains("no-data", Invoke(Model, "--data", "no-data").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_PictureThatIsBroken_StopsWithItsName()
    {
        string copy = folder["copy"];
        foreach (string file in Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(data.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(copy, "images", "p1.png"), "no picture");

        (int code, _, string error) = Invoke(Model, "--data", copy);

        Assert.Equal(1, code);
        Assert.Contains("p1", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Invoke(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = EvaluateCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>A plain folder whose labels are what the bundled model says.</summary>
    public sealed class LabelledByTheModel : IDisposable
    {
        internal const int Count = 5;

        // The model is untrained: none of its probabilities reaches one half.
        private const float Salient = 0.4f;
        private const int Side = 64;

        private readonly TemporaryFolder folder = new();

        public LabelledByTheModel()
        {
            using MultiTaskSession session = MultiTaskSession.Open(ModelFolder.Open(Model));
            IReadOnlyList<TaskSpec> tasks = session.Manifest.Tasks;
            FoldedPredictor predictor = new(session, tasks);
            SampleTransform transform = new([], Side, session.Manifest.Input.Mean, session.Manifest.Input.Std);
            PlainDatasetWriter writer = new(Path, new PlainDatasetInfo
            {
                Tasks = tasks.ToDictionary(task => task.Info.Name, task => new PlainTaskInfo
                {
                    Classes = task.Info.Kind == TaskKind.Labels ? [.. task.Info.Classes.Select(entry => new PlainClass(entry.Name))] : null,
                }),
            });
            string[] ids = [.. Enumerable.Range(0, Count).Select(i => $"p{i}")];
            foreach (string id in ids)
            {
                using RgbImage image = Picture(id[1]);
                Example example = transform.Apply(new Sample(id, image, new Dictionary<string, LabelMap>()), new CounterRandom(0, RandomPurpose.Augmentation));
                IReadOnlyDictionary<string, float[]> logits = predictor.Predict(new Batch([id], example.Image, example.Labels));
                writer.Write(id, image, tasks.ToDictionary(task => task.Info.Name, task => Label(task.Info, logits[task.Info.Name])));
            }

            writer.Finish(new Dictionary<string, IReadOnlyList<string>> { ["val"] = ids });
        }

        internal string Path => folder["data"];

        public void Dispose() => folder.Dispose();

        private static LabelMap Label(TaskInfo task, float[] logits)
        {
            float[] map = DiTask.Model.Evaluation.Panels.PanelMap.Predicted(task, logits);
            // No label can say that a surface lies behind the camera.
            float[] values = Array.ConvertAll(map, value => task.Activation switch
            {
                TaskActivation.Sigmoid => value >= Salient ? 1 : 0,
                TaskActivation.None => value > 0 ? value : LabelMap.Void,
                _ => value,
            });
            return new LabelMap(task.Kind == TaskKind.Vector ? 3 : 1, Side, Side, values);
        }

        private static RgbImage Picture(int seed)
        {
            RgbImage image = new(Side, Side);
            Random random = new(seed);
            (int x, int y, int size) = (random.Next(40), random.Next(40), 10 + random.Next(14));
            for (int i = 0; i < Side * Side; i++)
            {
                bool inside = i % Side >= x && i % Side < x + size && i / Side >= y && i / Side < y + size;
                image.Pixels[3 * i] = (byte)(inside ? 220 : i % Side * 3);
                image.Pixels[(3 * i) + 1] = (byte)(inside ? 40 : i / Side * 3);
                image.Pixels[(3 * i) + 2] = (byte)random.Next(120);
            }

            return image;
        }
    }
}
