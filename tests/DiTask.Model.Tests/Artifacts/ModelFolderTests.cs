using System.Text.Json.Nodes;
using DiTask.Model.Artifacts;
using DiTask.Tests;

namespace DiTask.Model.Tests.Artifacts;

public sealed class ModelFolderTests
{
    private static readonly string Bundled = Path.Combine(Fixture.Repository, "models", "ditask-micro");

    [Fact]
    public void Open_WholeFolder_HasItsTasksAndOneDigest()
    {
        ModelFolder folder = ModelFolder.Open(Bundled);

        Assert.Equal(["semseg", "normals", "sal", "depth"], folder.Manifest.Tasks.Select(task => task.Info.Name));
        Assert.Matches("^sha256:[0-9a-f]{64}$", folder.Digest);
        Assert.Equal(folder.Manifest.Files.Sum(file => file.Bytes), folder.Bytes);
    }

    [Fact]
    public void Open_WithoutManifest_SaysWhatIsMissing() => AssertRefused(folder => File.Delete(folder["manifest.json"]), "it has no manifest.json");

    [Fact]
    public void Open_NoFolder_SaysSo() =>
        Assert.Contains("no folder", Assert.Throws<ModelFolderException>(() => ModelFolder.Open("no-such-folder")).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_MissingGraph_NamesIt() => AssertRefused(folder => File.Delete(folder["depth.onnx"]), "'depth.onnx' is missing");

    [Fact]
    public void Open_TruncatedWeights_NamesBothSizes() => AssertRefused(
        folder =>
        {
            using FileStream stream = File.OpenWrite(folder["weights.bin"]);
            stream.SetLength(stream.Length - 1);
        },
        "'weights.bin' has 2688899 bytes; manifest.json lists it with 2688900");

    [Fact]
    public void Open_OneByteChanged_NamesTheFile() => AssertRefused(
        folder =>
        {
            using FileStream stream = File.OpenWrite(folder["weights.bin"]);
            stream.Position = 4242;
            stream.WriteByte(0x5a);
        },
        "'weights.bin' has digest");

    [Fact]
    public void Open_PathOutOfTheFolder_IsRefused() => AssertRefused(folder => Edit(folder, json => json["files"]![0]!["path"] = "../trunk.onnx"), "names the graph 'trunk.onnx'");

    [Fact]
    public void Open_ExtraFileOutsideTheFolder_IsRefused() => AssertRefused(
        folder => Edit(folder, json => json["files"]!.AsArray().Add(new JsonObject { ["path"] = "/etc/hostname", ["bytes"] = 1, ["sha256"] = "0" })),
        "not a plain file name");

    [Fact]
    public void Open_NewerSchema_NamesBoth() => AssertRefused(folder => Edit(folder, json => json["schema"] = 2), "schema 2; this version reads 1");

    [Fact]
    public void Open_UnknownResizeRule_NamesTheKnownOne() => AssertRefused(folder => Edit(folder, json => json["input"]!["resize"] = "crop"), "'crop'; this version knows stretch-cubic");

    [Fact]
    public void Open_UnknownMember_IsRefused() => AssertRefused(folder => Edit(folder, json => json["colour"] = "red"), "colour");

    [Fact]
    public void Open_MissingMember_IsRefused() => AssertRefused(folder => Edit(folder, json => json.Remove("input")), "input");

    [Fact]
    public void Open_NotJson_IsRefused() => AssertRefused(folder => File.WriteAllText(folder["manifest.json"], "{"), "cannot be read");

    private static void AssertRefused(Action<TemporaryFolder> damage, string expected)
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(Bundled))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        damage(folder);

        Assert.Contains(expected, Assert.Throws<ModelFolderException>(() => ModelFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static void Edit(TemporaryFolder folder, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(folder["manifest.json"]))!.AsObject();
        edit(json);
        File.WriteAllText(folder["manifest.json"], json.ToJsonString());
    }
}
