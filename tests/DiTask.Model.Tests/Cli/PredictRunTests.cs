using System.CommandLine;
using System.Text.Json;
using DiTask.Cli.Commands;
using DiTask.Model.Tests.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Cli;

/// <summary>The whole command on the bundled model: tasks semseg, normals, sal, depth at 64x64.</summary>
public sealed class PredictRunTests : IDisposable
{
    // The golden README's tolerance of full-size logits.
    private const double LogitsTolerance = 1e-4;

    private static readonly string Model = Path.Combine(Fixture.Repository, "models", "ditask-micro");

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("ditask-predict-").FullName, "new", "out");

    public void Dispose() => Directory.Delete(Path.GetFullPath(Path.Combine(folder, "..", "..")), recursive: true);

    [Fact]
    public void Invoke_Tensor_WritesTheReferencesLogits()
    {
        (int code, _, string error) = Invoke("--tensor", Fixture.Path("golden", "micro", "input.npy"), "--logits");

        Assert.True(code == 0, error);
        Assert.Equal(["depth.npy", "normals.npy", "sal.npy", "semseg.npy"], Files());
        foreach (string task in new[] { "semseg", "normals", "sal", "depth" })
        {
            Npy expected = Fixture.Golden("micro", $"out_{task}.npy");
            Npy actual = Npy.Read(Path.Combine(folder, $"{task}.npy"));
            Assert.Equal(expected.Shape, actual.Shape);
            double worst = expected.Singles.Zip(actual.Singles, (a, b) => (double)Math.Abs(a - b)).Max();
            Assert.True(worst <= LogitsTolerance * (1 + expected.Singles.Max(Math.Abs)), $"{task}: {worst}.");
        }
    }

    [Fact]
    public void Invoke_TensorOfAnotherSize_NamesExpectedAndFound()
    {
        (int code, _, string error) = Invoke("--tensor", Fixture.Path("golden", "micro", "out_semseg.npy"), "--logits");

        Assert.Equal(1, code);
        Assert.Contains("expected [N,3,64,64]; found [2,21,64,64]", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Invoke_Photos_WritesMapsSheetsAndIndex()
    {
        (int code, string output, string error) = Invoke(Photo("photo.jpg"), Photo("photo.png"), "--overlay");

        Assert.True(code == 0, error);
        string[] kinds = ["depth.png", "depth_overlay.png", "normals.png", "normals_overlay.png", "sal.png", "sal_overlay.png", "semseg.png", "semseg_overlay.png", "sheet.png"];
        Assert.Equal([.. kinds.Select(kind => $"photo-2_{kind}"), .. kinds.Select(kind => $"photo_{kind}"), "predictions.json"], Files());
        Assert.Contains("[2/2]", output, StringComparison.Ordinal);
        Assert.Contains("Untrained", error, StringComparison.Ordinal);
        PngProbe labels = Png("photo_semseg.png"), depth = Png("photo_depth.png");
        Assert.Equal((64, 64, 3, 63), (labels.Width, labels.Height, labels.Color, labels.Palette.Length));
        Assert.Equal((64, 64, 0, 16), (depth.Width, depth.Height, depth.Color, depth.Bits));
        Assert.Equal((1200, 900), (Png("photo_depth_overlay.png").Width, Png("photo_depth_overlay.png").Height));
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "predictions.json")));
        JsonElement entry = index.RootElement.GetProperty("images")[0].GetProperty("maps").GetProperty("depth");
        Assert.Equal("photo_depth.png", entry.GetProperty("file").GetString());
        Assert.Equal(
            entry.GetProperty("max").GetDouble(), entry.GetProperty("offset").GetDouble() + (65535 * entry.GetProperty("scale").GetDouble()), 1e-9);
    }

    [Fact]
    public void Invoke_SourceSizeAsNpy_HasThePhotosSize()
    {
        (int code, _, string error) = Invoke(Photo("jpeg-orientation6.jpg"), "--maps", "npy", "--size", "source", "--tasks", "normals,semseg");

        Assert.True(code == 0, error);
        Assert.Equal(
            ["jpeg-orientation6_normals.npy", "jpeg-orientation6_semseg.npy", "jpeg-orientation6_sheet.png", "predictions.json"], Files());
        Assert.Equal([16, 24, 3], Npy.Read(Path.Combine(folder, "jpeg-orientation6_normals.npy")).Shape);
        Assert.Equal([16, 24], Npy.Read(Path.Combine(folder, "jpeg-orientation6_semseg.npy")).Shape);
    }

    [Fact]
    public void Invoke_ABadPhotoAmongGood_IsReportedAndSkipped()
    {
        string bad = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "..")).FullName, "bad.jpg");
        File.WriteAllBytes(bad, File.ReadAllBytes(Photo("photo.jpg"))[..5000]);

        (int code, string output, string error) = Invoke(bad, Photo("photo.webp"), "--tasks", "depth");

        Assert.Equal(1, code);
        Assert.Contains($"{bad}: Expected 4275 coded units in scan 1 of the JPEG; found ", error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 photos failed", error, StringComparison.Ordinal);
        Assert.Contains("photo.webp", output, StringComparison.Ordinal);
        Assert.Equal(["photo_depth.png", "photo_sheet.png", "predictions.json"], Files());
    }

    [Fact]
    public void Invoke_MorePhotosThanABatch_GivesEachItsOwnMaps()
    {
        string[] photos = [.. Enumerable.Range(0, 11).Select(i =>
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "..")).FullName, $"p{i:00}.jpg");
            File.Copy(Photo(i % 2 == 0 ? "photo.jpg" : "jpeg-baseline.jpg"), path);
            return path;
        })];

        (int code, _, string error) = Invoke([.. photos, "--tasks", "depth"]);

        Assert.True(code == 0, error);
        ushort[] even = Png("p00_depth.png").Words, odd = Png("p01_depth.png").Words;
        Assert.NotEqual(even, odd);
        for (int i = 2; i < photos.Length; i++)
        {
            // The engine may add in another order in another batch, which moves a sample of 65535 by a few steps.
            ushort[] expected = i % 2 == 0 ? even : odd;
            Assert.All(Png($"p{i:00}_depth.png").Words.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 16));
        }
    }

    [Fact]
    public void Invoke_UnknownTask_ListsTheModelsAndWritesNothing()
    {
        (int code, _, string error) = Invoke(Photo("photo.jpg"), "--tasks", "depth,edges");

        Assert.Equal(1, code);
        Assert.Contains("expected some of semseg, normals, sal, depth; found 'edges'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static string Photo(string name) => Fixture.Path("images", name);

    private PngProbe Png(string name) => PngProbe.Read(File.ReadAllBytes(Path.Combine(folder, name)));

    private string[] Files() => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private (int Code, string Output, string Error) Invoke(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = PredictCommand.Create().Parse([Model, .. args, "--out", folder])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
