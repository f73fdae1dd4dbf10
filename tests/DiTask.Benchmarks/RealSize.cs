using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;
using DiTask.Tests;

namespace DiTask.Benchmarks;

/// <summary>A model of the released tiny shape, 448 pixels, four PASCAL tasks, seeded weights; the micro shape for a quick try.</summary>
internal static class RealSize
{
    public static void WriteCheckpoint(string path, bool small) =>
        PthWriter.Write(path, RandomCheckpoint.Make(small ? new CheckpointRecipe() : CheckpointRecipe.Tiny448, seed: 1));

    public static ModelFolder Folded(TemporaryFolder folder, bool small)
    {
        WriteCheckpoint(folder["model.pth"], small);
        return Fold.Run(new FoldOptions
        {
            Checkpoint = folder["model.pth"],
            Output = folder["folded"],
            ImageSize = (small ? new CheckpointRecipe() : CheckpointRecipe.Tiny448).ImageSize,
            Verify = false,
        }).Folder!;
    }
}
