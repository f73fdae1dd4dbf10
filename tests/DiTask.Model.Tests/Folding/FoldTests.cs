using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;
using DiTask.Tests;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Model.Tests.Folding;

public sealed class FoldTests
{
    private static readonly string Micro = Fixture.Path("golden", "micro", "ckpt_epoch_7.pth");

    [Fact]
    public void Run_OutputHoldsAModel_RefusesAndLeavesIt()
    {
        using TemporaryFolder folder = new();
        Fold.Run(Options(folder) with { Verify = false });
        byte[] before = File.ReadAllBytes(Path.Combine(folder["model"], "manifest.json"));

        FoldException error = Assert.Throws<FoldException>(() => Fold.Run(Options(folder)));

        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder["model"], "manifest.json")));
    }

    [Fact]
    public void Run_OutputHoldsAModelAndReplaceIsSet_Replaces()
    {
        using TemporaryFolder folder = new();
        Fold.Run(Options(folder) with { Verify = false, Version = "1" });

        FoldResult second = Fold.Run(Options(folder) with { Verify = false, Version = "2", Replace = true });

        Assert.Equal("2", second.Folder!.Manifest.Version);
        Assert.Equal(["model"], folder.Names());
    }

    [Fact]
    public void Run_OutputHoldsSomethingElse_RefusesEvenToReplace()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["model"]);
        File.WriteAllText(Path.Combine(folder["model"], "thesis.txt"), "years of work");

        Assert.Throws<FoldException>(() => Fold.Run(Options(folder) with { Replace = true }));

        Assert.Equal("years of work", File.ReadAllText(Path.Combine(folder["model"], "thesis.txt")));
    }

    [Fact]
    public void Run_UnknownTask_NamesTheCheckpointsTasks()
    {
        using TemporaryFolder folder = new();

        FoldException error = Assert.Throws<FoldException>(() => Fold.Run(Options(folder) with { Tasks = ["edge"] }));

        Assert.Contains("no task 'edge'", error.Message, StringComparison.Ordinal);
        Assert.Contains("semseg", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Run_NoTaskNamed_NamesTheCheckpointsTasks()
    {
        using TemporaryFolder folder = new();

        FoldException error = Assert.Throws<FoldException>(() => Fold.Run(Options(folder) with { Tasks = [] }));

        Assert.Contains("no task was named; it has", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(63)]
    public void Run_ImageSizeThatTheWindowsDoNotDivide_SaysWhy(int size)
    {
        using TemporaryFolder folder = new();

        CheckpointException error = Assert.Throws<CheckpointException>(() => Fold.Run(Options(folder) with { ImageSize = size }));

        Assert.Contains($"image size {size}", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Run_UnknownWarp_NamesTheChoices()
    {
        using TemporaryFolder folder = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() => Fold.Run(Options(folder) with { Warp = "log" }));

        Assert.Contains("index", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CancelledMidway_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();

        Assert.Throws<OperationCanceledException>(() => Fold.Run(Options(folder), step => source.Cancel(), source.Token));

        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Run_WeightsMissing_NamesAllAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        CheckpointRecipe recipe = new() { Tasks = [("depth", 1)] };
        IEnumerable<HostTensor> holed = RandomCheckpoint.Make(recipe, 3).Where(tensor => tensor.Name != "backbone.layers.2.blocks.1.mlp.fc2.linear.bias" && tensor.Name != "backbone.layers.1.blocks.0.norm1.weight");
        SafetensorsWriter.Write(folder["holed.safetensors"], [.. holed]);

        CheckpointException error = Assert.Throws<CheckpointException>(() => Fold.Run(new FoldOptions { Checkpoint = folder["holed.safetensors"], Output = folder["model"], ImageSize = 64 }));

        Assert.Contains("backbone.layers.1.blocks.0.norm1.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("backbone.layers.2.blocks.1.mlp.fc2.linear.bias", error.Message, StringComparison.Ordinal);
        Assert.Equal(["holed.safetensors"], folder.Names());
    }

    [Fact]
    public void Run_UnknownKey_WarnsAndFolds()
    {
        using TemporaryFolder folder = new();
        CheckpointRecipe recipe = new() { Tasks = [("depth", 1)] };
        SafetensorsWriter.Write(folder["odd.safetensors"], [.. RandomCheckpoint.Make(recipe, 3), new HostTensor("backbone.colour", [1], [1])]);

        FoldResult result = Fold.Run(new FoldOptions { Checkpoint = folder["odd.safetensors"], Output = folder["model"], ImageSize = 64 });

        Assert.Contains(result.Warnings, warning => warning.Contains("'backbone.colour'", StringComparison.Ordinal));
        Assert.NotNull(result.Folder);
    }

    [Fact]
    public void Export_Depth_GivesFullSizeLogitsWithoutTheFolder()
    {
        using TemporaryFolder folder = new();
        ModelFolder model = ModelFolder.Open(Path.Combine(Fixture.Repository, "models", "ditask-micro"));

        StandaloneExport.Write(model, "depth", folder["depth.onnx"]);

        using SessionOptions sessionOptions = new();
        using InferenceSession session = new(File.ReadAllBytes(folder["depth.onnx"]), sessionOptions);
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(Fixture.Golden("micro", "input.npy").Singles, [2, 3, 64, 64]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [image], ["depth"]);
        float[] expected = Fixture.Golden("micro", "out_depth.npy").Singles;
        float[] actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal([2, 1, 64, 64], outputs[0].GetTensorTypeAndShape().Shape);
        Assert.Equal(0, expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-4);
        Assert.Equal(["depth.onnx"], folder.Names());
    }

    [Fact]
    public void Export_UnknownTask_NamesTheKnownOnes()
    {
        using TemporaryFolder folder = new();
        ModelFolder model = ModelFolder.Open(Path.Combine(Fixture.Repository, "models", "ditask-micro"));

        ArgumentException error = Assert.Throws<ArgumentException>(() => StandaloneExport.Write(model, "edge", folder["edge.onnx"]));

        Assert.Contains("semseg, normals, sal, depth", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    private static FoldOptions Options(TemporaryFolder folder) => new() { Checkpoint = Micro, Output = folder["model"] };
}
