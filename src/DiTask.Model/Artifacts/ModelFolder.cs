using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DiTask.Model.Artifacts;

/// <summary>A folded model on disk, checked: every file that its manifest names is there, of the size and digest it names.</summary>
public sealed class ModelFolder
{
    /// <summary>Name of the file that makes a folder a model. It is written last, so a folder without it is not one.</summary>
    public const string ManifestName = "manifest.json";

    private const int Schema = 1;

    private ModelFolder(string path, ModelManifest manifest)
    {
        Path = path;
        Manifest = manifest;
        Digest = DigestOf(manifest);
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Its manifest.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Digest of all graphs and weights: <c>sha256:</c> and 64 lower-case hex digits.</summary>
    public string Digest { get; }

    /// <summary>Size of all files in bytes, the manifest aside.</summary>
    public long Bytes => Manifest.Files.Sum(file => file.Bytes);

    /// <summary>Whether <paramref name="path"/> has a manifest.</summary>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, ManifestName));

    /// <summary>Reads the manifest of <paramref name="path"/> and checks the files that it names.</summary>
    /// <exception cref="ModelFolderException">No manifest, one that cannot be read, or a file that is missing or differs.</exception>
    public static ModelFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        string manifestPath = System.IO.Path.Combine(full, ManifestName);
        if (!File.Exists(manifestPath))
        {
            throw new ModelFolderException(
                Directory.Exists(full) ? $"'{path}' is not a folded model: it has no {ManifestName}." : $"There is no folder '{path}'.");
        }

        ModelManifest manifest = ReadManifest(manifestPath);
        foreach (FileSpec file in manifest.Files)
        {
            Check(full, file);
        }

        return new ModelFolder(full, manifest);
    }

    /// <summary>The folder that was just written with <paramref name="manifest"/>, whose sizes and digests were read back from its files.</summary>
    internal static ModelFolder Written(string path, ModelManifest manifest) => new(System.IO.Path.GetFullPath(path), manifest);

    /// <summary>Full path of a file of the folder.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Name, size and digest of a file of a folder.</summary>
    internal static FileSpec Describe(string folder, string name)
    {
        using FileStream stream = File.OpenRead(System.IO.Path.Combine(folder, name));
        return new FileSpec(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private static ModelManifest ReadManifest(string manifestPath)
    {
        try
        {
            ModelManifest manifest = ManifestJson.Read(File.ReadAllBytes(manifestPath));
            if (manifest.Schema != Schema)
            {
                throw new ModelFolderException($"{ManifestName} has schema {manifest.Schema}; this version reads {Schema}.");
            }

            if (manifest.Input.Resize != InputSpec.StretchCubic)
            {
                throw new ModelFolderException($"{ManifestName} asks for the resize rule '{manifest.Input.Resize}'; this version knows {InputSpec.StretchCubic}.");
            }

            string[] named = [manifest.Trunk, manifest.RowSelection, .. manifest.Tasks.Select(task => task.File)];
            return named.Except(manifest.Files.Select(file => file.Path)).FirstOrDefault() is string unlisted
                ? throw new ModelFolderException($"{ManifestName} names the graph '{unlisted}', which its list of files lacks.")
                : manifest;
        }
        catch (JsonException error)
        {
            throw new ModelFolderException($"{ManifestName} cannot be read: {error.Message}", error);
        }
    }

    private static void Check(string folder, FileSpec expected)
    {
        if (expected.Path != System.IO.Path.GetFileName(expected.Path) || expected.Path is "" or "." or "..")
        {
            throw new ModelFolderException($"{ManifestName} names '{expected.Path}', which is not a plain file name.");
        }

        string path = System.IO.Path.Combine(folder, expected.Path);
        if (!File.Exists(path))
        {
            throw new ModelFolderException($"'{expected.Path}' is missing; {ManifestName} lists it with {expected.Bytes} bytes.");
        }

        long bytes = new FileInfo(path).Length;
        if (bytes != expected.Bytes)
        {
            throw new ModelFolderException($"'{expected.Path}' has {bytes} bytes; {ManifestName} lists it with {expected.Bytes}.");
        }

        string digest = Describe(folder, expected.Path).Sha256;
        if (digest != expected.Sha256)
        {
            throw new ModelFolderException($"'{expected.Path}' has digest {digest}; {ManifestName} lists {expected.Sha256}.");
        }
    }

    private static string DigestOf(ModelManifest manifest)
    {
        string lines = string.Join('\n', manifest.Files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Sha256} {file.Path}"));
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))}";
    }
}
