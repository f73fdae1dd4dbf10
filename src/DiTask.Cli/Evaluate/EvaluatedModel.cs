using DiTask.Model.Artifacts;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Folding;
using DiTask.Model.Inference;

namespace DiTask.Cli.Evaluate;

/// <summary>A folded model that runs; a checkpoint is folded into a folder that goes with it.</summary>
internal sealed class EvaluatedModel : IDisposable
{
    private readonly string? temporary;

    private EvaluatedModel(ModelFolder folder, MultiTaskSession session, string? temporary)
    {
        Folder = folder;
        Session = session;
        this.temporary = temporary;
    }

    public ModelFolder Folder { get; }

    public MultiTaskSession Session { get; }

    public InputSpec Input => Folder.Manifest.Input;

    /// <summary>Opens a folder, or folds a file.</summary>
    /// <param name="path">What was typed.</param>
    /// <param name="settings">Where it runs.</param>
    /// <param name="log">Receives a line per step of folding, and warnings.</param>
    /// <param name="cancellation">Stops folding.</param>
    /// <exception cref="EvaluateException">There is nothing, or the graphs differ from the checkpoint.</exception>
    public static EvaluatedModel Open(string path, SessionSettings settings, Action<string> log, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            ModelFolder folder = ModelFolder.Open(path);
            return new EvaluatedModel(folder, OpenSession(folder, settings, log), null);
        }

        string temporary = Directory.CreateTempSubdirectory("ditask-evaluate-").FullName;
        try
        {
            FoldOptions options = new() { Checkpoint = path, Output = Path.Combine(temporary, "model"), Name = Path.GetFileNameWithoutExtension(path) };
            FoldResult result = Fold.Run(options, log, cancellation);
            foreach (string warning in result.Warnings)
            {
                log($"warning: {warning}");
            }

            ModelFolder folder = result.Folder ??
                throw new EvaluateException($"'{path}': the folded graphs differ from the checkpoint by more than the tolerance; 'ditask fold' shows by how much.");
            return new EvaluatedModel(folder, OpenSession(folder, settings, log), temporary);
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    public ReportModel Describe()
    {
        ModelManifest manifest = Folder.Manifest;
        return new ReportModel(manifest.Name, manifest.Source.File)
        {
            Version = manifest.Version, Digest = Folder.Digest, SourceSha256 = manifest.Source.Sha256, Notice = manifest.Notice,
        };
    }

    public void Dispose()
    {
        Session.Dispose();
        if (temporary is not null)
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static MultiTaskSession OpenSession(ModelFolder folder, SessionSettings settings, Action<string> log)
    {
        MultiTaskSession session = MultiTaskSession.Open(folder, settings);
        if (session.ProviderNotice is { } notice)
        {
            log(notice);
        }

        if (folder.Manifest.Notice is { } modelNotice)
        {
            log(modelNotice);
        }

        return session;
    }
}
