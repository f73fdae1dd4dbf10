using DiTask.Model.Artifacts;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>What lies at <c>Models:Path</c>: one folded model, or many as <c>NAME/VERSION/manifest.json</c>. Looked at anew each time.</summary>
internal sealed class ModelRepository(IOptions<ModelsOptions> options)
{
    private readonly ModelsOptions options = options.Value;

    /// <summary>Names of the models in the repository at <paramref name="path"/>; empty when it is one model, or none.</summary>
    public static IEnumerable<string> Names(string path) => Versions(path).Select(version => version.Name).Distinct();

    /// <summary>Every version that is there, by name, from lowest to highest.</summary>
    public IReadOnlyList<ModelSource> Scan()
    {
        (string Name, string Version, string Folder)[] versions = [.. Versions(options.Path)];
        return versions.Length > 0
            ? [.. versions.Select(version => new ModelSource(options.Name ?? version.Name, version.Version, version.Folder))]
            : [new ModelSource(options.Name, null, options.Path)];
    }

    /// <summary>Those of one model's versions that are to be served.</summary>
    public IEnumerable<ModelSource> Select(IEnumerable<ModelSource> versions) => options.Versions == ModelsOptions.Latest ? versions.TakeLast(1) : versions;

    private static IEnumerable<(string Name, string Version, string Folder)> Versions(string path)
    {
        if (ModelFolder.Exists(path) || !Directory.Exists(path))
        {
            return [];
        }

        // What is being folded into the repository has a name that begins with a dot until it is whole.
        return from model in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal)
               let name = Path.GetFileName(model)
               where name[0] != '.'
               from version in Directory.EnumerateDirectories(model).Select(folder => Path.GetFileName(folder)).Where(VersionOrder.IsVersion).Order(VersionOrder.Instance)
               let folder = Path.Combine(model, version)
               where ModelFolder.Exists(folder)
               select (name, version, folder);
    }
}
