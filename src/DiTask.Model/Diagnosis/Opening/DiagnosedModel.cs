using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;

namespace DiTask.Model.Diagnosis.Opening;

/// <summary>A checkpoint as a network whose gradients can be taken.</summary>
internal sealed class DiagnosedModel : IDisposable
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The network at the checkpoint's values.</summary>
    public required TrainableNetwork Network { get; init; }

    /// <summary>The run that trained it; where the file does not say, one with our defaults and the file's sizes.</summary>
    public required RunConfig Run { get; init; }

    /// <summary>What gradients are taken of: the run's adapter, or another where that trained nothing that is shared.</summary>
    public required AdapterOptions Measured { get; init; }

    /// <summary>What a reader must know of how the file was opened.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
