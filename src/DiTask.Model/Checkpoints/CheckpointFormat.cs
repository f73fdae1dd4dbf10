namespace DiTask.Model.Checkpoints;

/// <summary>How a checkpoint is laid out on disk.</summary>
public enum CheckpointFormat
{
    /// <summary><c>torch.save</c> since PyTorch 1.6: an uncompressed zip of one pickle and the storages.</summary>
    TorchZip,

    /// <summary><c>torch.save</c> before PyTorch 1.6: five pickles, then the storages.</summary>
    TorchLegacy,

    /// <summary>safetensors: a JSON header, then the tensors.</summary>
    Safetensors,
}
