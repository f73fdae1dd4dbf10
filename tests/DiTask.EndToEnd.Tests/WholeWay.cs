using DiTask.Model.Evaluation.Reports;
using DiTask.Tests;

namespace DiTask.EndToEnd.Tests;

/// <summary>Everything from nothing to served maps, once: pictures, pretraining, DiTASK, folding, evaluation, service. About a minute.</summary>
public sealed class WholeWay : IAsyncLifetime, IDisposable
{
    /// <summary>Side of all pictures in pixels.</summary>
    public const int Size = 32;

    private const string Common = """
        network: {image_size: 32, patch_size: 2, embed_dim: 16, depths: [1, 1, 1, 1], num_heads: [1, 2, 4, 4], window: 4, decoder_channels: [8, 12, 16, 16]}
        validation: {every: 0}
        batch: 8
        drop_path: 0
        device: cpu
        threads: 1

        """;

    private const string Pretraining = Common + """
        adapter: {kind: full}
        data: {augment: none}
        optimizer: {learning_rate: 3.0e-3}
        schedule: {epochs: 6, warmup_epochs: 0.5}
        """;

    private const string Adaptation = Common + """
        adapter: {kind: ditask, warp: value-wide, cells: 8, task_cells: 8, dropout: 0}
        optimizer: {learning_rate: 6.0e-3, adapter_factor: 3, adapter_decay: 0}
        schedule: {epochs: 12, warmup_epochs: 0.5}
        """;

    private readonly TemporaryFolder folder = new();

    /// <summary>The run on single things.</summary>
    internal string Pretrained => folder["pretrain"];

    /// <summary>The run on scenes.</summary>
    internal string Adapted => folder["adapt"];

    /// <summary>The folded model.</summary>
    internal string Model => folder["model"];

    /// <summary>The scenes.</summary>
    internal string Scenes => folder["scenes"];

    /// <summary>The folded model and the constant predictor, on unseen scenes.</summary>
    internal EvaluationReport Report { get; private set; } = null!;

    /// <summary>The same network before its first step, on the same scenes.</summary>
    internal EvaluationReport Untrained { get; private set; } = null!;

    /// <summary>What the service answered for each unseen scene.</summary>
    internal ServedScenes Served { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(folder["pretrain.yaml"], Pretraining);
        await File.WriteAllTextAsync(folder["adapt.yaml"], Adaptation);
        await Command.RunAsync("synth", "--kind", "collage", "--tiles", "1", "--images", "96", "--val", "0", "--test", "0", "--size", "32", "--out", folder["collages"]);
        await Command.RunAsync("synth", "--images", "96", "--val", "0", "--test", "24", "--size", "32", "--out", Scenes);
        await Command.RunAsync("train", folder["pretrain.yaml"], "--set", $"data.path={folder["collages"]}", "--out", Pretrained);
        string start = Path.Combine(Pretrained, "last", "model.safetensors");
        await Command.RunAsync("train", folder["adapt.yaml"], "--set", $"data.path={Scenes}", "--set", $"start={start}", "--out", Adapted);
        await Command.RunAsync("fold", Path.Combine(Adapted, "last", "model.safetensors"), "--name", "whole-way", "--out", Model);
        Report = await EvaluateAsync(Model, folder["report.json"]);

        // One step of no length is what it takes to get the network that training began with.
        string[] still = ["--set", "data.limit=8", "--set", "schedule.epochs=1", "--set", "optimizer.learning_rate=1e-12"];
        await Command.RunAsync(["train", folder["adapt.yaml"], "--set", $"data.path={Scenes}", .. still, "--out", folder["untrained"]]);
        Untrained = await EvaluateAsync(folder["untrained/last/model.safetensors"], folder["untrained.json"]);
        Served = await ServedScenes.AskAsync(Model, Scenes, "test");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    private async Task<EvaluationReport> EvaluateAsync(string model, string json)
    {
        await Command.RunAsync("evaluate", model, "--data", Scenes, "--split", "test", "--against", "constant", "--json", json);
        return EvaluationReport.Read(json);
    }
}
