using System.Text;
using DiTask.Tests;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>Damaged pictures of every format, in every form of request.</summary>
internal static class ImageCases
{
    private const int LargestSeedBytes = 2000;

    private static readonly string[] Extensions = [".jpg", ".png", ".webp", ".bmp", ".gif"];

    private static readonly string[] Options =
        ["tasks=depth", "tasks=semseg&scores=true", "tasks=sal&size=source", "tasks=normals&maps=npy", "tasks=semseg&overlay=0.5&size=source", "maps=none"];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. Directory.EnumerateFiles(Fixture.Path("images")).Order(StringComparer.Ordinal)
            .Where(path => Extensions.Contains(Path.GetExtension(path)) && new FileInfo(path).Length <= LargestSeedBytes)
            .Select(File.ReadAllBytes),
    ];

    public static FuzzCase Make(Random random)
    {
        byte[] image = Mutator.Damage(random, Seeds[random.Next(Seeds.Count)], Seeds);
        if (random.Next(2) == 0)
        {
            PngChecksums.Mend(image);
        }

        string options = Options[random.Next(Options.Length)];
        return random.Next(5) switch
        {
            0 => new("/predict?" + options, MultipartCases.Form(image), MultipartCases.Type) { Expected = [200, 413, 415, 422] },
            1 => new("/predict", Json(image), "application/json") { Expected = [200, 413, 415, 422] },
            2 => new("/v2/models/fake/infer", image, null) { Headers = [("Inference-Header-Content-Length", "0")], Expected = [200, 400, 413] },
            _ => new("/predict?" + options, image, "image/png") { Expected = [200, 413, 415, 422] },
        };
    }

    private static byte[] Json(byte[] image) => Encoding.ASCII.GetBytes($$"""{"images":[{"data":"{{Convert.ToBase64String(image)}}"}],"tasks":["depth"]}""");
}
