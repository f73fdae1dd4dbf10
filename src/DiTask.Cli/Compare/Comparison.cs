using DiTask.Model.Charts;
using DiTask.Model.Training.Config;
using YamlDotNet.RepresentationModel;

namespace DiTask.Cli.Compare;

/// <summary>Which runs are compared: one configuration, and what each row changes of it.</summary>
/// <param name="Base">Configuration of all runs, as text.</param>
/// <param name="Settings">Changes for all runs.</param>
/// <param name="Single">Further changes for the networks of a single task, which Delta-m measures against; null for no such row, and no Delta-m.</param>
/// <param name="Rows">Further changes, by name of the row.</param>
/// <param name="Seeds">Every row runs once with each.</param>
internal sealed record Comparison(string Base, IReadOnlyList<string> Settings, IReadOnlyList<string>? Single, IReadOnlyList<(string Name, IReadOnlyList<string> Settings)> Rows, IReadOnlyList<long> Seeds)
{
    /// <summary>Name of the row of single-task networks.</summary>
    public const string SingleRow = "single";

    /// <summary>Every run, in the order in which they are made: what is not trained first and once, then seed by seed.</summary>
    public IEnumerable<(string Row, long Seed)> Runs =>
        [.. UntrainedRows.Names.Select(row => (row, NoSeed)), .. Seeds.SelectMany(seed => AllRows.Except(UntrainedRows.Names).Select(row => (row, seed)))];

    /// <summary>Every row in the order of the table.</summary>
    public IReadOnlyList<string> AllRows => [.. Reserved.Where(name => name != SingleRow || Single is not null), .. Rows.Select(row => row.Name)];

    // Nothing about them is drawn.
    private const long NoSeed = 0;

    private static readonly string[] Reserved = [.. UntrainedRows.Names, SingleRow];

    private static readonly string[] Keys = ["base", "settings", "single", "rows", "seeds", "claims", "curves"];

    /// <summary>Which row should be better than which.</summary>
    public IReadOnlyList<Claim> Claims { get; private init; } = [];

    /// <summary>Rows whose learning curves are drawn; empty for the first ones.</summary>
    public IReadOnlyList<string> Curves { get; private init; } = [];

    /// <summary>Reads a file, and checks the configuration of every row.</summary>
    /// <param name="path">YAML: base (a path from where the file lies), settings, single, rows, seeds, claims, curves.</param>
    /// <param name="changes">Settings for all runs that come last, such as data.path=DIR.</param>
    /// <exception cref="ConfigException">It cannot be read, or a row has mistakes.</exception>
    public static Comparison Read(string path, IReadOnlyList<string> changes)
    {
        YamlMappingNode root = ConfigFile.Root(ConfigFile.Text(path), path);
        string[] unknown = [.. root.Children.Keys.Select(key => key.ToString()).Except(Keys)];
        if (unknown.Length > 0)
        {
            throw new ConfigException(path, [$"expected {string.Join(", ", Keys)}; found {string.Join(", ", unknown)}"]);
        }

        string configuration = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Text(path, root, "base"));
        try
        {
            (string, IReadOnlyList<string>)[] rows = [.. ((YamlMappingNode)Node(path, root, "rows")).Children.Select(row => (row.Key.ToString(), Strings(row.Value)))];
            Comparison comparison = new(
                ConfigFile.Text(configuration),
                [.. Strings(Child(root, "settings")), .. changes],
                Child(root, "single") is { } single ? Strings(single) : null,
                rows,
                [.. Strings(Node(path, root, "seeds")).Select(seed => long.Parse(seed, System.Globalization.CultureInfo.InvariantCulture))]);
            comparison.Check(path);
            return comparison with
            {
                Claims = Claim.List(Child(root, "claims"), comparison.AllRows, path),
                Curves = CurveRows(Strings(Child(root, "curves")), comparison.AllRows, path),
            };
        }
        catch (Exception error) when (error is InvalidCastException or FormatException)
        {
            throw new ConfigException(path, [error.Message]);
        }
    }

    /// <summary>Seeds of the runs of a row.</summary>
    public IReadOnlyList<long> SeedsOf(string row) => UntrainedRows.Names.Contains(row) ? [NoSeed] : Seeds;

    /// <summary>The configuration of one run.</summary>
    public RunConfig ConfigOf(string row, long seed) => ConfigFile.Parse(
        Base,
        [.. Settings, .. row == SingleRow ? Single! : UntrainedRows.Names.Contains(row) ? [] : Rows.First(item => item.Name == row).Settings, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"seed={seed}")],
        $"row '{row}'");

    private void Check(string path)
    {
        string[] bad = [.. Rows.Select(row => row.Name).Where(name => Reserved.Contains(name) || name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))];
        if (bad.Length > 0 || Rows.Count == 0 || Seeds.Count == 0)
        {
            throw new ConfigException(path, [$"expected rows with names of letters, digits, '-', '_' and '.', other than '{string.Join("', '", Reserved)}', and seeds; found {Rows.Count} rows, {Seeds.Count} seeds{string.Concat(bad.Select(name => $", '{name}'"))}"]);
        }

        foreach (string row in AllRows)
        {
            ConfigOf(row, Seeds[0]);
        }
    }

    private static IReadOnlyList<string> CurveRows(IReadOnlyList<string> names, IReadOnlyList<string> rows, string path) =>
        names.Except(rows).Any() || names.Count > ChartStyle.Colors.Count
            ? throw new ConfigException(path, [$"curves: expected at most {ChartStyle.Colors.Count} of {string.Join(", ", rows)}; found {string.Join(", ", names)}"])
            : names;

    private static YamlNode Node(string path, YamlMappingNode root, string key) =>
        Child(root, key) ?? throw new ConfigException(path, [$"'{key}' is missing"]);

    private static YamlNode? Child(YamlMappingNode root, string key) => root.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    private static string Text(string path, YamlMappingNode root, string key) => Node(path, root, key).ToString();

    private static IReadOnlyList<string> Strings(YamlNode? node) => node switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(item => item.ToString())],
        YamlScalarNode { Value: null or "" } => [],
        _ => [node.ToString()],
    };
}
