using System.Text.RegularExpressions;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Config;

/// <summary>The configurations that ship, and the page that describes them.</summary>
public sealed partial class PresetFileTests
{
    private static readonly string Folder = Path.Combine(Fixture.Repository, "configs");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EveryFile_HasNoMistake(string file) => Assert.NotNull(ConfigFile.Read(Path.Combine(Folder, file), ["data.path=."]));

    [Theory]
    [InlineData("pascal-tiny.yaml", new[] { "semseg", "human_parts", "sal", "normals" })]
    [InlineData("nyud-tiny.yaml", new[] { "semseg", "normals", "edge", "depth" })]
    public void Read_ThePapersSettings_AreTheReferences(string file, string[] tasks)
    {
        RunConfig config = ConfigFile.Read(Path.Combine(Folder, file), ["data.path=."]);

        Assert.Equal(tasks, config.Tasks);
        Assert.Equal(new Dictionary<string, double> { ["depth"] = 1, ["semseg"] = 1, ["human_parts"] = 2, ["sal"] = 5, ["edge"] = 50, ["normals"] = 10 }.Where(pair => tasks.Contains(pair.Key)).OrderBy(pair => pair.Key),
            config.Losses.Weights.OrderBy(pair => pair.Key));
        Assert.Equal(("tiny", 448, 7, 300, 0.2, 0.05, 0.05, 5), (config.Network.Preset, config.Network.ImageSize, config.Network.Window, config.Schedule.Epochs, config.DropPath, config.Adapter.Dropout, config.Optimizer.WeightDecay, config.Optimizer.Clip));
        LearningRate rate = new(config.Optimizer, config.Schedule, picturesPerUpdate: 512);
        Assert.Equal((5e-7, 5e-4, 5e-6), (Rounded(rate.At(0)), Rounded(rate.At(20)), Rounded(rate.At(300))));
        LearningRate small = new(config.Optimizer, config.Schedule, config.Batch * config.Accumulate);
        Assert.Equal(3.125e-5, Rounded(small.At(20)));
    }

    [Fact]
    public void Documentation_ListsEveryKeyWithItsDefault()
    {
        Dictionary<string, string> documented = Row().Matches(File.ReadAllText(Path.Combine(Fixture.Repository, "docs", "training.md")))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        Dictionary<string, string> defaults = [];
        string section = "";
        foreach (string line in ConfigFile.Write(new RunConfig()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Trim().Split(':', 2);
            section = line[0] == ' ' ? section : parts[1].Length == 0 ? parts[0] + "." : "";
            if (parts[1].Length > 0)
            {
                defaults.Add(section + parts[0], parts[1].Trim().Trim('\''));
            }
        }

        Assert.Equal(defaults.OrderBy(pair => pair.Key, StringComparer.Ordinal), documented.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Documentation_NamesEveryAdapterAndBalancing()
    {
        string page = File.ReadAllText(Path.Combine(Fixture.Repository, "docs", "training.md"));

        Assert.All(AdapterOptions.Kinds.Concat(DiTask.Model.Training.Balancing.Balancers.Names), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G12", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    // | `key` | `default` | ...
    [GeneratedRegex(@"^\| `([a-z0-9_.]+)` \| `([^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
