using System.CommandLine;
using DiTask.Cli.Commands;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Synth.Collages;
using DiTask.Synth.Scenes;
using DiTask.Tests;

namespace DiTask.Synth.Tests.Cli;

public sealed class SynthCommandTests
{
    [Fact]
    public void Synth_ScenesWithEveryOption_PassDataCheck()
    {
        using TemporaryFolder folder = new();

        (int code, string said) = Run(SynthCommand.Create(), "--out", folder["set"], "--images", "12", "--size", "32", "--seed", "5", "--void", "1", "--drop-labels", "0.2");

        Assert.Equal(0, code);
        Assert.Contains("train 12, val 2, test 2", said, StringComparison.Ordinal);
        (int check, string report) = Run(DataCommand.Create(), "check", folder["set"]);
        Assert.True(check == 0, report);
        Assert.Contains("Usable: 0 errors", report, StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(folder["set"], "contact-sheet.png")).Length > 1000);
    }

    [Fact]
    public void Synth_PlainScenes_AreWithoutAnyWarningWhenAllClassesOccur()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(0, Run(SynthCommand.Create(), "--out", folder["set"], "--images", "80", "--size", "32").Code);

        (int check, string report) = Run(DataCommand.Create(), "check", folder["set"]);
        Assert.Equal(0, check);
        Assert.Contains("Usable: 0 errors, 0 warnings", report, StringComparison.Ordinal);
        Assert.Contains("20 of 20 classes", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenes")]
    [InlineData("collage")]
    public void Synth_OneOrFourThreads_SameFiles(string kind)
    {
        using TemporaryFolder folder = new();
        foreach (string threads in (string[])["1", "4"])
        {
            Assert.Equal(0, Run(SynthCommand.Create(), "--out", folder[threads], "--images", "8", "--size", "24", "--kind", kind, "--threads", threads).Code);
        }

        string[] files = [.. Directory.EnumerateFiles(folder["1"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["1"], file)).Order(StringComparer.Ordinal)];
        Assert.True(files.Length > 10);
        Assert.Equal(files, Directory.EnumerateFiles(folder["4"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["4"], file)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["1"], file)), File.ReadAllBytes(Path.Combine(folder["4"], file))));
    }

    [Fact]
    public void Synth_Collages_HaveAttributesAtTheirThingsAndNoTask()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(0, Run(SynthCommand.Create(), "--out", folder["set"], "--images", "4", "--val", "2", "--test", "0", "--size", "32", "--kind", "collage").Code);

        PlainDataset dataset = new(folder["set"], "train");
        Assert.Equal(["attr_hue", "attr_light", "attr_orientation", "attr_shape", "attr_size", "attr_texture"], dataset.Tasks.Select(task => task.Name));
        Assert.Equal(["background", "sphere"], dataset.Tasks[3].Classes.Take(2).Select(shape => shape.Name));
        for (int index = 0; index < 4; index++)
        {
            using Sample sample = dataset.Load(index);
            using Collage collage = CollageRenderer.Render(1, SynthSplit.Train, index, 32);
            Assert.Equal(collage.Shapes.Select(shape => (float)shape), sample.Labels["attr_shape"].Values);
            float[] hues = sample.Labels["attr_hue"].Values;
            Assert.All(Enumerable.Range(0, hues.Length), pixel => Assert.Equal(
                collage.Shapes[pixel] == 0 ? LabelMap.Void : collage.Attributes[(2 * (pixel / 512)) + (pixel % 32 / 16), 2], hues[pixel]));
        }

        Assert.Equal(0, Run(DataCommand.Create(), "check", folder["set"]).Code);
    }

    [Fact]
    public void Synth_FolderInUse_IsLeftAlone()
    {
        using TemporaryFolder folder = new();
        folder.Write("mine.txt", [1]);

        (int code, string said) = Run(SynthCommand.Create(), "--out", folder.Path, "--images", "1", "--size", "16");

        Assert.Equal(1, code);
        Assert.Contains("expected a folder that does not exist or is empty", said, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], folder.Names());
    }

    [Theory]
    [InlineData("--size", "15")]
    [InlineData("--images", "0")]
    [InlineData("--drop-labels", "1.5")]
    [InlineData("--world", "moon")]
    public void Synth_WrongOption_IsRefused(string option, string value) =>
        Assert.NotEqual(0, Run(SynthCommand.Create(), "--out", "nowhere", option, value).Code);

    [Fact]
    public void Synth_DryRun_WritesNothingAndCounts()
    {
        (int code, string said) = Run(SynthCommand.Create(), "--dry-run", "--images", "4", "--size", "24");

        Assert.Equal(0, code);
        Assert.Contains("scenes/s", said, StringComparison.Ordinal);
        Assert.Contains("GFLOP", said, StringComparison.Ordinal);
    }

    private static (int Code, string Said) Run(Command command, params string[] arguments)
    {
        StringWriter said = new();
        int code = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = said, Error = said });
        return (code, said.ToString());
    }
}
