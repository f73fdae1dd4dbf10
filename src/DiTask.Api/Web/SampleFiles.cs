using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Web;

/// <summary>The pictures of <see cref="WebOptions.Samples"/>: only files that the service itself could read.</summary>
internal sealed class SampleFiles(IOptions<WebOptions> options)
{
    public const string Address = "/samples";

    private const int MaxListed = 24;

    /// <summary>What is served, by extension: nothing else in the folder can be fetched.</summary>
    public static FileExtensionContentTypeProvider MediaTypes { get; } = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".bmp"] = "image/bmp",
    });

    /// <summary>The folder, or null where the option names none.</summary>
    public IFileProvider? Folder { get; } =
        string.IsNullOrEmpty(options.Value.Samples) ? null : new PhysicalFileProvider(Path.GetFullPath(options.Value.Samples));

    /// <summary>Names of the pictures in order; empty without a folder.</summary>
    public IReadOnlyList<string> Names() =>
        [.. (Folder?.GetDirectoryContents("") ?? NotFoundDirectoryContents.Singleton)
            .Where(file => !file.IsDirectory && MediaTypes.TryGetContentType(file.Name, out _))
            .Select(file => file.Name)
            .Order(StringComparer.Ordinal)
            .Take(MaxListed)];
}
