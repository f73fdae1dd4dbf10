namespace DiTask.Api.Models;

/// <summary>A model and its versions at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Versions">From lowest to highest.</param>
/// <param name="IsRequired">The service is not ready while one of its versions is not: it was to be loaded at the start.</param>
internal sealed record ModelEntry(string Name, IReadOnlyList<ModelVersion> Versions, bool IsRequired)
{
    public bool IsReady => Versions.Count > 0 && Versions.All(version => version.State == ModelState.Ready);

    /// <summary>The version that answers requests which name none: the highest that is ready, else the highest.</summary>
    public ModelVersion Default => Versions.LastOrDefault(version => version.State == ModelState.Ready) ?? Versions[^1];

    /// <summary>This entry with <paramref name="version"/> in place of the one of the same name.</summary>
    public ModelEntry With(ModelVersion version) => this with
    {
        Versions = [.. Versions.Where(other => other.Version != version.Version).Append(version).OrderBy(other => other.Version, VersionOrder.Instance)],
    };
}
