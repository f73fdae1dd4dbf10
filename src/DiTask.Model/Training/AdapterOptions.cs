namespace DiTask.Model.Training;

/// <summary>What is trained of the backbone, and how. The key <c>adapter</c> of a run's configuration.</summary>
public sealed record AdapterOptions
{
    /// <summary>The kinds, DiTASK first.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [AdapterKinds.DiTask, AdapterKinds.Extras, AdapterKinds.Frozen, AdapterKinds.Full, AdapterKinds.BitFit, AdapterKinds.Lora, AdapterKinds.MtLora, AdapterKinds.Scalar, AdapterKinds.FreeSpectrum, AdapterKinds.Teaching];

    /// <summary>Parts of the backbone that the authors leave unfrozen.</summary>
    public static IReadOnlyList<string> ExtraParts { get; } = ["patch_embed", "norms", "merging", "positions"];

    /// <summary>Linear layers of a block that adapters can sit on.</summary>
    public static IReadOnlyList<string> AllLayers { get; } = ["attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2"];

    /// <summary>One of <see cref="Kinds"/>. Default ditask.</summary>
    public string Kind { get; init; } = AdapterKinds.DiTask;

    /// <summary>DiTASK: what a theta does, <c>index</c> (the authors' code), <c>value</c> or <c>value-wide</c> (the paper's text). Default index.</summary>
    public string Warp { get; init; } = "index";

    /// <summary>DiTASK: which streams are warped, <c>both</c>, <c>joint</c> (no layers per task) or <c>task</c> (only those). Default both.</summary>
    public string Scope { get; init; } = AdapterKinds.Both;

    /// <summary>DiTASK: cells of the shared theta, one number or one per stage. Default 64.</summary>
    public IReadOnlyList<int> Cells { get; init; } = [64];

    /// <summary>DiTASK: cells of each task's theta, one number or one per stage. Default 4.</summary>
    public IReadOnlyList<int> TaskCells { get; init; } = [4];

    /// <summary>DiTASK: first thetas, <c>identity</c> (the pretrained function) or <c>reference</c> (uniform, as the authors draw them). Default identity.</summary>
    public string Init { get; init; } = AdapterKinds.Identity;

    /// <summary>LoRA, MTLoRA: rank of the shared pair. Default 4.</summary>
    public int Rank { get; init; } = 4;

    /// <summary>MTLoRA: rank of each task's pair. Default 4.</summary>
    public int TaskRank { get; init; } = 4;

    /// <summary>LoRA, MTLoRA: the product is multiplied by alpha over rank. Default 16.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Teaching form: hidden units. Default 8.</summary>
    public int Hidden { get; init; } = 8;

    /// <summary>Linear layers of each block that have an adapter. Default all four.</summary>
    public IReadOnlyList<string> Layers { get; init; } = AllLayers;

    /// <summary>Parts of the backbone that are trained beside the adapter. Default all of <see cref="ExtraParts"/>, as the authors have it.</summary>
    public IReadOnlyList<string> Extras { get; init; } = ExtraParts;

    /// <summary>Dropout of the inputs of adapted layers while training. Default 0.05, as the authors have it.</summary>
    public double Dropout { get; init; } = 0.05;
}
