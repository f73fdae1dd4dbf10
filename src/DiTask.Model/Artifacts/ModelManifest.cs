using DiTask.Model.Tasks;

namespace DiTask.Model.Artifacts;

/// <summary><c>manifest.json</c> of a folded model: everything that serving needs beside the graphs.</summary>
public sealed record ModelManifest
{
    /// <summary>Version of this file's layout: 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Name of the model, such as <c>ditask</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model, such as <c>1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What a user must know before trusting the maps, such as that the model is untrained; null when there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Tool and version that folded: <c>ditask 0.1.0</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>ONNX opset of the graphs.</summary>
    public required int Opset { get; init; }

    /// <summary>What the trunk reads.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>How thetas became weights.</summary>
    public required WarpSpec Warp { get; init; }

    /// <summary>The checkpoint that was folded.</summary>
    public required SourceSpec Source { get; init; }

    /// <summary>Architecture, for people: <c>swin tiny, window 7</c> and the like.</summary>
    public required string Architecture { get; init; }

    /// <summary>File of the trunk: image in, features out.</summary>
    public required string Trunk { get; init; }

    /// <summary>File of the graph that keeps chosen rows of the features.</summary>
    public required string RowSelection { get; init; }

    /// <summary>The trunk's outputs, in order.</summary>
    public required IReadOnlyList<FeatureSpec> Features { get; init; }

    /// <summary>Tasks in the checkpoint's order.</summary>
    public required IReadOnlyList<TaskSpec> Tasks { get; init; }

    /// <summary>Every file of the folder but this one.</summary>
    public required IReadOnlyList<FileSpec> Files { get; init; }

    /// <summary>What the graphs gave when they were written, to be compared before they serve; null in folders of older tools.</summary>
    public SelfTestSpec? SelfTest { get; init; }
}

/// <summary>What the graphs give for one made-up image.</summary>
/// <param name="Seed">Makes the image.</param>
/// <param name="Tolerance">Accepted difference of a value, as a share of its task's largest.</param>
/// <param name="Tasks">One entry per task.</param>
public sealed record SelfTestSpec(long Seed, double Tolerance, IReadOnlyList<SelfTestTask> Tasks);

/// <summary>What one task's graph gives for the made-up image.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Largest">Largest magnitude of a logit.</param>
/// <param name="Mean">Mean of all logits.</param>
/// <param name="Samples">Logits at evenly spaced places.</param>
public sealed record SelfTestTask(string Task, double Largest, double Mean, IReadOnlyList<float> Samples);

/// <summary>What the trunk reads: float32 RGB [N, 3, Size, Size], (pixel/255 - Mean) / Std per channel.</summary>
/// <param name="Size">Side of the square in pixels.</param>
/// <param name="Mean">Mean of R, G, B in [0, 1].</param>
/// <param name="Std">Standard deviation of R, G, B in [0, 1].</param>
/// <param name="Resize">How a photo becomes the square: <c>stretch-cubic</c>, aspect not kept, Keys a = -0.75, clamped.</param>
public sealed record InputSpec(int Size, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, string Resize)
{
    /// <summary>The one rule there is: the reference's, with a clamp where the reference wraps around.</summary>
    public const string StretchCubic = "stretch-cubic";
}

/// <summary>How thetas became weights.</summary>
/// <param name="Kind"><c>index</c> (the authors' code), <c>value</c> (the paper's text) or <c>none</c> (no adapters).</param>
/// <param name="Basis">Basis of the velocity field: <c>rref</c>.</param>
public sealed record WarpSpec(string Kind, string Basis);

/// <summary>The checkpoint that was folded.</summary>
/// <param name="File">File name without folders.</param>
/// <param name="Sha256">Digest of its bytes, lower-case hex.</param>
public sealed record SourceSpec(string File, string Sha256);

/// <summary>One output of the trunk.</summary>
/// <param name="Name">Name in the graphs.</param>
/// <param name="Shape">Sizes after the batch axis: tokens, channels.</param>
public sealed record FeatureSpec(string Name, IReadOnlyList<int> Shape);

/// <summary>One task of a folded model.</summary>
/// <param name="Info">How its logits are read and shown.</param>
/// <param name="File">Its graph: features in, logits out.</param>
/// <param name="Inputs">The features that it reads.</param>
/// <param name="LogitsHeight">Rows of the logits.</param>
/// <param name="LogitsWidth">Columns of the logits.</param>
public sealed record TaskSpec(TaskInfo Info, string File, IReadOnlyList<string> Inputs, int LogitsHeight, int LogitsWidth);

/// <summary>A file of the folder.</summary>
/// <param name="Path">Name below the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Digest, lower-case hex.</param>
public sealed record FileSpec(string Path, long Bytes, string Sha256);
