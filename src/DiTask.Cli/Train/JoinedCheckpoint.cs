using DiTask.Model.Checkpoints;
using DiTask.Model.Training;
using DiTask.Model.Training.Runs;

namespace DiTask.Cli.Train;

/// <summary>The file to fold: a whole model as it is, or an adapter joined with its backbone in a file that does not outlive the command.</summary>
internal sealed class JoinedCheckpoint : IDisposable
{
    private readonly DirectoryInfo? temporary;

    /// <exception cref="TrainingException">The adapter has another backbone, or needs one.</exception>
    /// <exception cref="CheckpointException">A file cannot be read.</exception>
    public JoinedCheckpoint(string checkpoint, string? backbone)
    {
        Path = checkpoint;
        if (!IsAdapter(checkpoint))
        {
            if (backbone is not null)
            {
                throw new TrainingException($"--base is for an adapter.safetensors that 'train' wrote; '{checkpoint}' is a whole model.");
            }

            return;
        }

        temporary = Directory.CreateTempSubdirectory("ditask-joined-");
        Path = System.IO.Path.Combine(temporary.FullName, "model.safetensors");
        try
        {
            AdapterFile.Join(checkpoint, backbone, Path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    public void Dispose() => temporary?.Delete(recursive: true);

    private static bool IsAdapter(string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        return AdapterFile.Is(file);
    }
}
