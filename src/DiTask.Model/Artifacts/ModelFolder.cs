namespace DiTask.Model.Artifacts;

/// <summary>A folded model on disk.</summary>
public sealed class ModelFolder
{
    /// <summary>Name of the file that makes a folder a model.</summary>
    public const string ManifestName = "manifest.json";

    private ModelFolder(string path, ModelManifest manifest)
    {
        Path = path;
        Manifest = manifest;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Its manifest.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Reads the manifest of <paramref name="path"/>.</summary>
    public static ModelFolder Open(string path) => throw new NotImplementedException(path + nameof(ModelFolder) + new ModelFolder(path, null!));
}
