using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Tests;

namespace DiTask.Api.Tests.Models;

/// <summary>A repository of models in a folder of its own.</summary>
internal sealed class RepositoryFolder : IDisposable
{
    private static readonly string Bundled = System.IO.Path.Combine(Fixture.Repository, "models", "ditask-micro");

    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    /// <summary>A folder that looks like a version, for models that are faked.</summary>
    public RepositoryFolder WithFake(string name, string version)
    {
        File.WriteAllText(System.IO.Path.Combine(Directory.CreateDirectory(Folder(name, version)).FullName, "manifest.json"), "{}");
        return this;
    }

    public string Folder(string name, string version) => System.IO.Path.Combine(Path, name, version);

    /// <summary>The bundled model, with weights of its own when <paramref name="scale"/> is not 1. It appears at once, as folding makes it.</summary>
    public void Add(string name, string version, float scale = 1)
    {
        string staged = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName, $".{version}.partial");
        Directory.CreateDirectory(staged);
        foreach (string file in Directory.EnumerateFiles(Bundled))
        {
            File.Copy(file, System.IO.Path.Combine(staged, System.IO.Path.GetFileName(file)));
        }

        if (scale != 1)
        {
            ChangeWeights(staged, weights =>
            {
                foreach (ref float weight in weights)
                {
                    // Indices lie between the weights; as floats they are next to nothing.
                    weight *= MathF.Abs(weight) > 1e-20f ? scale : 1;
                }
            });
            RecordSelfTest(staged);
        }

        Directory.Move(staged, Folder(name, version));
    }

    /// <summary>Changes the weights of a version and makes its manifest agree with them.</summary>
    public void ChangeWeights(string name, string version, SpanAction change) => ChangeWeights(Folder(name, version), change);

    /// <summary>Writes a file of a version and makes its manifest agree with it.</summary>
    public void Replace(string name, string version, string file, byte[] bytes) => Replace(Folder(name, version), file, bytes);

    public void Remove(string name, string version) => Directory.Delete(Folder(name, version), recursive: true);

    public void Dispose() => folder.Dispose();

    private static void ChangeWeights(string folder, SpanAction change)
    {
        byte[] bytes = File.ReadAllBytes(System.IO.Path.Combine(folder, "weights.bin"));
        change(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        Replace(folder, "weights.bin", bytes);
    }

    private static void Replace(string folder, string file, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(folder, file), bytes);
        ChangeManifest(folder, manifest =>
        {
            JsonNode entry = manifest["files"]!.AsArray().Single(entry => entry!["path"]!.GetValue<string>() == file)!;
            entry["bytes"] = bytes.Length;
            entry["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        });
    }

    private static void RecordSelfTest(string folder)
    {
        ModelFolder model = ModelFolder.Open(folder);
        using MultiTaskSession session = MultiTaskSession.Open(model);
        SelfTestSpec test = SelfTest.Record(session.RunAll(SelfTest.MakeImage(model.Manifest.Input.Size, null), 1, model.Manifest.Tasks));
        ChangeManifest(folder, manifest => manifest["selfTest"] = new JsonObject
        {
            ["seed"] = test.Seed,
            ["tolerance"] = test.Tolerance,
            ["tasks"] = new JsonArray([.. test.Tasks.Select(task => new JsonObject
            {
                ["task"] = task.Task,
                ["largest"] = task.Largest,
                ["mean"] = task.Mean,
                ["samples"] = new JsonArray([.. task.Samples.Select(sample => JsonValue.Create(sample))]),
            })]),
        });
    }

    private static void ChangeManifest(string folder, Action<JsonNode> change)
    {
        string path = System.IO.Path.Combine(folder, "manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllBytes(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    /// <summary>Changes floats in place.</summary>
    public delegate void SpanAction(Span<float> values);
}
