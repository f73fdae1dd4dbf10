using System.IO.Compression;
using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Folding;
using DiTask.Model.Inference;
using DiTask.Model.Torch;
using DiTask.Tests;

namespace DiTask.Parity.Tests.Folding;

/// <summary>The micro checkpoint of the authors' code, in every serialisation, folded and run by ONNX Runtime.</summary>
public sealed class MicroFoldTests
{
    private static readonly string Micro = Fixture.Path("golden", "micro", "ckpt_epoch_7.pth");

    public static TheoryData<string> Checkpoints =>
    [
        "micro/ckpt_epoch_7.pth", "variants/model_only.pth", "variants/state_dict.pth", "variants/plain_config.pth",
        "variants/legacy_nonzip.pth", "variants/torch2_layout.pth", "variants/gpu_trained_like.pth",
    ];

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void Fold_EverySerialisation_MatchesTheAuthorsLogits(string checkpoint)
    {
        using TemporaryFolder folder = new();

        FoldResult result = Fold.Run(new FoldOptions { Checkpoint = Fixture.Path("golden", checkpoint), Output = folder["model"] });

        Assert.Equal(["semseg", "normals", "sal", "depth"], result.Folder!.Manifest.Tasks.Select(task => task.Info.Name));
        using MultiTaskSession session = MultiTaskSession.Open(result.Folder);
        foreach ((string task, TaskLogits logits) in session.Run(Fixture.Golden("micro", "input.npy").Singles, 2, AllRows(result.Folder.Manifest)))
        {
            Tolerances.AssertActivations(Fixture.Golden("micro", $"head_{task}.npy").Singles, logits.Values, task);
        }
    }

    [Fact]
    public void WeightFolder_Micro_MatchesTheAuthorsFoldedWeights()
    {
        using CheckpointFile file = CheckpointFile.Open(Micro);
        using WeightFolder weights = new(new CheckedWeights(file), ConfigDetector.Detect(file).Adapters, new IndexWarp());
        string[] files = Directory.GetFiles(Fixture.Path("golden", "micro", "folded"), "*.npy");

        Assert.Equal(18, files.Length);
        foreach (string path in files)
        {
            string[] parts = Path.GetFileNameWithoutExtension(path).Split("__");
            Npy expected = Npy.Read(path);
            int chunks = parts[0].EndsWith("qkv", StringComparison.Ordinal) ? 3 : 1;
            float[] folded = weights.Fold(parts[0], chunks * expected.Shape[0], expected.Shape[1], parts[1] == "shared" ? null : parts[1]).Values;
            float[] chunk = folded[(int.Parse(parts[2]) * expected.Singles.Length)..][..expected.Singles.Length];

            Assert.Equal(0, expected.Singles.Zip(chunk).Max(pair => Math.Abs(pair.First - pair.Second)), Tolerances.FoldedWeight);
        }
    }

    [Fact]
    public void WeightFolder_Micro_MatchesTheAuthorsSpectra()
    {
        using CheckpointFile file = CheckpointFile.Open(Micro);
        using WeightFolder weights = new(new CheckedWeights(file), ConfigDetector.Detect(file).Adapters, new IndexWarp());
        using ZipArchive archive = ZipFile.OpenRead(Fixture.Path("golden", "micro", "singular_values.npz"));
        int checkedSpectra = 0;

        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Name.EndsWith("__St.npy", StringComparison.Ordinal)))
        {
            string[] parts = Path.GetFileNameWithoutExtension(entry.Name).Split("__");
            double[] before = Read(archive.GetEntry(entry.Name.Replace("__St", "__S", StringComparison.Ordinal))!);
            double[] after = Read(entry);
            double[] warped = weights.WarpOf(parts[0], parts[1] == "shared" ? null : parts[1])!(before);

            Assert.Equal(0, after.Zip(warped).Max(pair => Math.Abs(pair.First - pair.Second)), Tolerances.WarpedSpectrum * before[0]);
            checkedSpectra++;
        }

        Assert.Equal(72, checkedSpectra);
    }

    [Fact]
    public void Run_TasksWithDifferentRows_AnswersEachRowAsInAFullBatch()
    {
        using TemporaryFolder folder = new();
        ModelFolder model = Fold.Run(new FoldOptions { Checkpoint = Micro, Output = folder["model"], Verify = false }).Folder!;
        using MultiTaskSession session = MultiTaskSession.Open(model);
        float[] pair = Fixture.Golden("micro", "input.npy").Singles;
        float[] images = [.. pair, .. pair[..(pair.Length / 2)]];

        IReadOnlyDictionary<string, TaskLogits> logits = session.Run(images, 3, new Dictionary<string, IReadOnlyList<int>>
        {
            ["semseg"] = [0, 2],
            ["depth"] = [1],
            ["sal"] = [],
            ["normals"] = [0, 1, 2],
        });

        Assert.Equal(["depth", "normals", "semseg"], logits.Keys.Order());
        foreach ((string task, TaskLogits entries) in logits)
        {
            float[] golden = Fixture.Golden("micro", $"head_{task}.npy").Singles;
            int size = golden.Length / 2;
            for (int i = 0; i < entries.Rows.Count; i++)
            {
                Tolerances.AssertActivations(golden.AsSpan(entries.Rows[i] % 2 * size, size), entries.Entry(i), $"{task}, row {entries.Rows[i]}");
            }
        }
    }

    [Fact]
    public void Fold_ChosenTasks_LeavesTheOthersOut()
    {
        using TemporaryFolder folder = new();

        FoldResult result = Fold.Run(new FoldOptions { Checkpoint = Micro, Output = folder["model"], Tasks = ["depth", "sal"] });

        Assert.Equal(["depth", "rows", "sal", "trunk"], Directory.GetFiles(folder["model"], "*.onnx").Select(Path.GetFileNameWithoutExtension).Order());
        Assert.Empty(result.Warnings);
        Assert.All(result.Deviations, deviation => Assert.True(deviation.Accepted));
    }

    [Fact]
    public void Fold_ValueWarp_IsAnotherModelAndSaysSo()
    {
        using TemporaryFolder folder = new();

        FoldResult index = Fold.Run(new FoldOptions { Checkpoint = Micro, Output = folder["index"] });
        FoldResult value = Fold.Run(new FoldOptions { Checkpoint = Micro, Output = folder["value"], Warp = "value" });

        Assert.Equal(("index", "value"), (index.Folder!.Manifest.Warp.Kind, value.Folder!.Manifest.Warp.Kind));
        Assert.NotEqual(index.Folder.Digest, value.Folder.Digest);
    }

    [Fact]
    public void Fold_SameCheckpointTwice_GivesTheSameBytes()
    {
        using TemporaryFolder folder = new();

        FoldResult first = Fold.Run(new FoldOptions { Checkpoint = Micro, Output = folder["first"], Verify = false });
        FoldResult second = Fold.Run(new FoldOptions { Checkpoint = Micro, Output = folder["second"], Verify = false });

        Assert.Equal(first.Folder!.Digest, second.Folder!.Digest);
    }

    private static Dictionary<string, IReadOnlyList<int>> AllRows(ModelManifest manifest) =>
        manifest.Tasks.ToDictionary(task => task.Info.Name, _ => (IReadOnlyList<int>)[0, 1]);

    private static double[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Npy.Parse(copy.ToArray()).Doubles;
    }
}
