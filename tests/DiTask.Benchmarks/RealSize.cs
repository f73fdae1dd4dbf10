using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;
using DiTask.Tests;

namespace DiTask.Benchmarks;

/// <summary>A model of the released tiny shape, 448 pixels, four PASCAL tasks, seeded weights; the micro shape for a quick try.</summary>
internal static class RealSize
{
    public static void WriteCheckpoint(string path, bool small, int seed = 1) =>
        PthWriter.Write(path, RandomCheckpoint.Make(small ? new CheckpointRecipe() : CheckpointRecipe.Tiny448, seed));

    public static ModelFolder Folded(TemporaryFolder folder, bool small, int seed = 1)
    {
        string checkpoint = folder[$"model-{seed}.pth"];
        WriteCheckpoint(checkpoint, small, seed);
        return Fold.Run(new FoldOptions
        {
            Checkpoint = checkpoint,
            Output = folder[$"folded-{seed}"],
            ImageSize = (small ? new CheckpointRecipe() : CheckpointRecipe.Tiny448).ImageSize,
            Verify = false,
        }).Folder!;
    }
}
