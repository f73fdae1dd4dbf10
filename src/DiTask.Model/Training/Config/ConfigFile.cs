using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DiTask.Model.Training.Config;

/// <summary>Reads and writes a run's configuration as YAML: keys in snake case, nothing unknown, every mistake at once.</summary>
public static class ConfigFile
{
    /// <summary>Reads a file, changes single values, and checks the whole.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="settings">Changes such as <c>optimizer.learning_rate=1e-3</c>; the value is YAML too.</param>
    /// <exception cref="ConfigException">It cannot be read, or has mistakes.</exception>
    public static RunConfig Read(string path, IEnumerable<string> settings)
    {
        return Parse(Text(path), settings, path);
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="settings">Changes, as for <see cref="Read"/>.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="ConfigException">It has mistakes.</exception>
    public static RunConfig Parse(string text, IEnumerable<string> settings, string source = "configuration")
    {
        ArgumentNullException.ThrowIfNull(settings);
        List<string> problems = [];
        YamlMappingNode root = Root(text, source);
        foreach (string setting in settings)
        {
            Set(root, setting, problems);
        }

        RunConfig config = (RunConfig)ConfigBinder.Bind(root, typeof(RunConfig), "", problems)!;
        problems.AddRange(ConfigRules.Problems(config));
        return problems.Count == 0 ? config : throw new ConfigException(source, problems);
    }

    /// <summary>The configuration as a whole, defaults included; reading it gives the same.</summary>
    public static string Write(RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        StringWriter writer = new();
        ConfigPrinter.Print(writer, config, "");
        return writer.ToString();
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="ConfigException">It cannot be read.</exception>
    internal static string Text(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(path, [error.Message]);
        }
    }

    /// <summary>Text as keys and values; none of an empty one.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    internal static YamlMappingNode Root(string text, string source)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0
                ? []
                : stream.Documents[0].RootNode as YamlMappingNode ?? throw new ConfigException(source, ["expected keys and values, such as 'batch: 8', at the top"]);
        }
        catch (YamlException error)
        {
            throw new ConfigException(source, [$"line {error.Start.Line}: not YAML: {error.Message}"]);
        }
    }

    private static void Set(YamlMappingNode root, string setting, List<string> problems)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Add($"'{setting}' is no setting; expected KEY=VALUE, such as optimizer.learning_rate=1e-3");
            return;
        }

        string[] keys = setting[..equals].Split('.');
        YamlMappingNode place = root;
        foreach (string key in keys[..^1])
        {
            YamlScalarNode name = new(key);
            if (!place.Children.TryGetValue(name, out YamlNode? child) || child is not YamlMappingNode)
            {
                place.Children[name] = child = new YamlMappingNode();
            }

            place = (YamlMappingNode)child;
        }

        YamlStream value = [];
        try
        {
            value.Load(new StringReader(setting[(equals + 1)..]));
        }
        catch (YamlException error)
        {
            problems.Add($"'{setting}': the value is not YAML: {error.Message}");
            return;
        }

        place.Children[new YamlScalarNode(keys[^1])] = value.Documents.Count == 0 ? new YamlScalarNode("") : value.Documents[0].RootNode;
    }
}
