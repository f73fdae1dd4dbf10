using System.Security.Cryptography;
using DiTask.Model.Artifacts;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Tests;

namespace DiTask.EndToEnd.Tests;

/// <summary>The model that a newcomer is served does what its card says, on scenes that are kept with it.</summary>
public sealed class BundledModelTests
{
    private const double Points = 0.1;
    private const long MostBytes = 24_000_000;

    private static readonly string Models = Path.Combine(Fixture.Repository, "models");
    private static readonly string Folder = Path.Combine(Models, "ditask-synth");
    private static readonly string Checkpoint = Path.Combine(Models, "ditask-synth.safetensors");
    private static readonly string Scenes = Path.Combine(Models, "validation");

    private static EvaluationReport Card => EvaluationReport.Read(Path.Combine(Models, "ditask-synth.json"));

    [Fact]
    public async Task Evaluate_KeptScenes_GivesTheNumbersOfTheCard()
    {
        using TemporaryFolder folder = new();
        await Command.RunAsync("evaluate", Folder, "--data", Scenes, "--split", "test", "--against", "constant", "--prior-split", "test", "--json", folder["report.json"]);
        EvaluationReport report = EvaluationReport.Read(folder["report.json"]);

        Assert.Equal(6, report.Run.Tasks.Count);
        Assert.Equal(Card.Run.Model.Digest, report.Run.Model.Digest);
        Assert.All(report.Run.Tasks, task => Assert.Equal(Card.Run.HeadlineOf(task.Task).Value, report.Run.HeadlineOf(task.Task).Value, Points));

        // A constant that has seen the labels which it is measured on is the best that there is.
        Assert.All(report.Run.Tasks, task =>
        {
            MetricValue model = report.Run.HeadlineOf(task.Task), constant = report.Against!.HeadlineOf(task.Task);
            double gain = DeltaM.Gain(model.Value, Math.Max(constant.Value, 1e-9), model.HigherIsBetter);
            Assert.True(gain > 10, $"{task.Task}: {model.Value:F3} against {constant.Value:F3} of the constant predictor, {gain:F1} %");
        });
    }

    [Fact]
    public async Task Predict_KeptScenes_ScoreWhatTheCardSays()
    {
        ServedScenes served = await ServedScenes.AskAsync(Folder, Scenes, "test");

        EvaluationScores scores = served.Measure();

        Assert.All(scores.Tasks, task => Assert.Equal(Card.Run.HeadlineOf(task.Task.Name).Value, task.Headline.Value, Points));
    }

    [Fact]
    public async Task Predict_OneSceneARequest_AnswersBitForBitWhatTheFoldedModelSays()
    {
        ServedScenes served = await ServedScenes.AskAsync(Folder, Scenes, "test", perRequest: 1, maps: "f32");

        Assert.All(served.BesideOwn(), pair => ServedScenes.AssertSame(pair.Own, pair.Served, tolerance: 0));
    }

    [Fact]
    public void Files_FolderAndCheckpoint_BelongTogetherAndAreSmall()
    {
        ModelManifest manifest = ModelFolder.Open(Folder).Manifest;

        Assert.Equal(manifest.Source.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Checkpoint))));
        long bytes = new FileInfo(Checkpoint).Length + new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(bytes, 1, MostBytes);
        Assert.NotNull(manifest.Notice);
    }
}
