namespace DiTask.Tests;

/// <summary>A configuration that the authors' code accepts, for checkpoints of seeded random numbers.</summary>
internal sealed record CheckpointRecipe
{
    /// <summary>The released tiny model for four PASCAL tasks: ditask_tiny_448_r64. Reference specification 3.1, 5.2.</summary>
    public static CheckpointRecipe Tiny448 { get; } = new()
    {
        ImageSize = 448,
        EmbedDim = 96,
        Depths = [2, 2, 6, 2],
        NumHeads = [3, 6, 12, 24],
        Window = 7,
        Tasks = [("semseg", 21), ("normals", 3), ("sal", 1), ("human_parts", 7)],
        DecoderChannels = [18, 36, 72, 144],
        SharedCells = [64, 64, 64, 64],
    };

    public int ImageSize { get; init; } = 64;

    public int PatchSize { get; init; } = 4;

    public int EmbedDim { get; init; } = 12;

    public int[] Depths { get; init; } = [2, 2, 2, 1];

    public int[] NumHeads { get; init; } = [1, 2, 4, 4];

    public int Window { get; init; } = 4;

    public int MlpRatio { get; init; } = 4;

    public (string Task, int Outputs)[] Tasks { get; init; } = [("semseg", 21), ("normals", 3)];

    public int[]? DecoderChannels { get; init; } = [4, 8, 16, 32];

    /// <summary>Cells of the shared theta per stage; 0 makes plain layers.</summary>
    public int[] SharedCells { get; init; } = [16, 16, 16, 16];

    /// <summary>Cells of each task's theta per stage.</summary>
    public int[] TaskCells { get; init; } = [4, 4, 4, 4];

    public bool Qkv { get; init; } = true;

    public bool Proj { get; init; } = true;

    public bool Fc1 { get; init; } = true;

    public bool Fc2 { get; init; } = true;

    /// <summary>DiTASK inside patch merging.</summary>
    public bool Merging { get; init; }

    /// <summary>Task thetas in every block; only the last block's matter.</summary>
    public bool Intermediate { get; init; }

    public bool QkvBias { get; init; } = true;

    public bool PatchNorm { get; init; } = true;

    public bool PositionEmbedding { get; init; }

    public int Grid(int stage) => ImageSize / PatchSize >> stage;

    public int Dim(int stage) => EmbedDim << stage;

    /// <summary>The reference shrinks a window to its grid and then does not shift.</summary>
    public int WindowOf(int stage) => Math.Min(Window, Grid(stage));
}
