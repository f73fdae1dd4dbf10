using System.CommandLine;
using System.Text.Json.Nodes;
using DiTask.Cli.Commands;
using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class InspectCommandTests
{
    private static readonly string Official = Fixture.Path("golden", "micro", "ckpt_epoch_7.pth");

    [Fact]
    public void Inspect_Official_PrintsWhatItIs()
    {
        (int code, string output, string error) = Run(Official);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Swin of its own size: 12 channels, depths 2,2,2,1, heads 1,2,4,4, windows 4,4,4,2, patch 4", output, StringComparison.Ordinal);
        Assert.Contains("64 (from AttentionMask)", output, StringComparison.Ordinal);
        Assert.Contains("300,544", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_Json_HasStableNames()
    {
        (int code, string output, _) = Run(Official, "--json");

        JsonNode report = JsonNode.Parse(output)!;
        Assert.Equal(0, code);
        Assert.Equal("torchZip", (string)report["format"]!);
        Assert.Equal("ditask", (string)report["kind"]!);
        Assert.Equal(7, (int)report["epoch"]!);
        Assert.Equal(64, (int)report["backbone"]!["imageSize"]!);
        Assert.Equal("attentionMask", (string)report["imageSizeSource"]!);
        Assert.Equal(["semseg", "normals", "sal", "depth"], report["tasks"]!.AsArray().Select(task => (string)task!["name"]!));
        Assert.Equal("hrnet", (string)report["tasks"]![0]!["head"]!);
        Assert.Equal(16, (int)report["tessellation"]![0]!["shared"]![0]!);
        Assert.Equal(4, (int)report["tessellation"]![3]!["tasks"]!["depth"]![0]!);
        Assert.Equal(300_544, (long)report["parameters"]!["total"]!);
        Assert.Equal(648, (long)report["parameters"]!["thetas"]!);
        Assert.Equal(129, (long)report["parameters"]!["deadThetas"]!);
        Assert.Equal(87_098, (long)report["parameters"]!["decoder"]!);
        Assert.True((bool)report["usable"]!);
    }

    [Fact]
    public void Inspect_UnreadableFile_IsOneLineOnStandardError()
    {
        (int code, string output, string error) = Run(Fixture.Path("golden", "README.md"));

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("ditask: README.md, byte 0: is no checkpoint. Expected a zip or pickle of torch.save, or safetensors, found bytes ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Inspect_BadCheckpoint_PrintsTheReportAndTheProblem()
    {
        using var folder = new TemporaryFolder();
        List<HostTensor> tensors = [.. SeededCheckpoint.Tensors(Configs.Small(), 1, derived: true)];
        tensors.Find(tensor => tensor.Name == "backbone.layers.0.blocks.0.mlp.fc1.lora_shared_A")!.Values[2] = float.NaN;
        tensors.RemoveAll(tensor => tensor.Name == "backbone.layers.0.blocks.0.norm1.bias");
        tensors.Add(new HostTensor("backbone.extra\u001b", [1], [1]));
        PthWriter.Write(folder["x.pth"], tensors);

        (int code, string output, string error) = Run(folder["x.pth"]);

        Assert.Equal(1, code);
        Assert.Contains("missing keys (1)", output, StringComparison.Ordinal);
        Assert.Contains("backbone.layers.0.blocks.0.norm1.bias [8]", output, StringComparison.Ordinal);
        Assert.Contains("backbone.extra?", output, StringComparison.Ordinal);
        Assert.Contains("'backbone.layers.0.blocks.0.mlp.fc1.lora_shared_A' has 1 values that are not finite, of 7", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Equal("ditask: x.pth cannot be folded: 1 keys are missing, the first is backbone.layers.0.blocks.0.norm1.bias [8] (and 1 more)", error.TrimEnd());
    }

    [Fact]
    public void Inspect_ForeignCheckpoint_StillCountsItsTensors()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["x.safetensors"], [new HostTensor("conv.weight", [2], [1, 2])]);

        (int code, string output, string error) = Run(folder["x.safetensors"], "--json");

        JsonNode report = JsonNode.Parse(output)!;
        Assert.Equal(1, code);
        Assert.Equal("unknown", (string)report["kind"]!);
        Assert.Equal(2, (long)report["parameters"]!["total"]!);
        Assert.Null(report["backbone"]);
        Assert.Contains("cannot be folded", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = InspectCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
