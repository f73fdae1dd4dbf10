using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DiTask.Tests;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace DiTask.Api.Tests.Deployment;

/// <summary>
/// Renders the Helm chart where helm itself is absent. It knows the few template forms that the chart uses, and fails on any other:
/// values, the release's name and namespace, if and if not, toYaml and Files.Get with nindent.
/// </summary>
internal static partial class Chart
{
    public const string Release = "try";

    private static readonly string Folder = Path.Combine(Fixture.Repository, "deploy", "helm", "ditask");

    /// <summary>Settings that switch every template on, as helm's --set has them.</summary>
    public static readonly (string Path, string Value)[] EverythingOn =
    [
        ("model.claim", "models"), ("fold.enabled", "true"), ("keys.existingSecret", "ours"), ("keys.values", "{Security__PredictKeys__0: a}"),
        ("autoscaling.enabled", "true"), ("keda.enabled", "true"), ("serviceMonitor.enabled", "true"), ("alerts.enabled", "true"), ("dashboard.enabled", "true"),
        ("imageUrls.enabled", "true"), ("metricsPort", "9090"),
    ];

    /// <summary>File of the template to what it makes; templates that make nothing are left out.</summary>
    public static Dictionary<string, YamlNode> Render(params (string Path, string Value)[] settings)
    {
        YamlMappingNode values = (YamlMappingNode)Yaml.Parse("values.yaml", File.ReadAllText(Path.Combine(Folder, "values.yaml")))!;
        foreach ((string path, string value) in settings)
        {
            string[] parts = path.Split('.');
            ((YamlMappingNode)values.At(parts[..^1])).Children[new YamlScalarNode(parts[^1])] = Yaml.Parse(path, value)!;
        }

        Dictionary<string, YamlNode> documents = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Folder, "templates"), "*.yaml"))
        {
            string name = Path.GetFileName(file);
            if (Yaml.Parse(name, Render(name, File.ReadAllLines(file), values)) is { } document)
            {
                documents[name] = document;
            }
        }

        return documents;
    }

    private static string Render(string name, string[] lines, YamlNode values)
    {
        StringBuilder text = new();
        Stack<bool> conditions = [];
        foreach (string line in lines)
        {
            Match condition = Condition().Match(line);
            if (condition.Success)
            {
                conditions.Push(IsTrue(Value(name, condition.Groups[2].Value, values)) != condition.Groups[1].Success);
            }
            else if (End().IsMatch(line))
            {
                conditions.Pop();
            }
            else if (conditions.All(isOn => isOn))
            {
                string rendered = Action().Replace(line, action => Evaluate(name, action.Groups[1].Value, values)).TrimEnd();
                if (line.TrimStart().StartsWith("{{-", StringComparison.Ordinal))
                {
                    // As helm has it: the dash takes away the white space before it, line ends too.
                    text.Length = text.ToString().TrimEnd().Length;
                    rendered = rendered[line.IndexOf('{', StringComparison.Ordinal)..];
                }

                text.Append(rendered).Append('\n');
            }
        }

        Assert.True(conditions.Count == 0, $"{name}: an 'if' has no 'end'.");
        return text.ToString();
    }

    private static string Evaluate(string name, string expression, YamlNode values)
    {
        switch (expression)
        {
            case ".Release.Name":
                return Release;
            case ".Release.Namespace":
                return "default";
        }

        Match block = Block().Match(expression);
        if (block.Success)
        {
            string content = block.Groups[1].Success
                ? Serialize(Value(name, block.Groups[1].Value, values))
                : File.ReadAllText(Path.Combine(Folder, block.Groups[2].Value)).TrimEnd('\n');
            string indent = new(' ', int.Parse(block.Groups[3].Value, CultureInfo.InvariantCulture));
            return "\n" + string.Join('\n', content.Split('\n').Select(line => indent + line));
        }

        return expression.StartsWith(".Values.", StringComparison.Ordinal) && Value(name, expression, values) is YamlScalarNode scalar
            ? scalar.Value!
            : throw new FormatException($"{name}: '{{{{ {expression} }}}}' is not a form that this renderer knows.");
    }

    private static YamlNode Value(string name, string expression, YamlNode values)
    {
        string[] path = expression.Split('.')[2..];
        try
        {
            return values.At(path);
        }
        catch (KeyNotFoundException exception)
        {
            throw new FormatException($"{name}: values.yaml has no {string.Join('.', path)}.", exception);
        }
    }

    private static bool IsTrue(YamlNode node) => node switch
    {
        YamlScalarNode scalar => scalar.Value is not ("" or "false" or "0" or null),
        YamlMappingNode map => map.Children.Count > 0,
        _ => ((YamlSequenceNode)node).Children.Count > 0,
    };

    private static string Serialize(YamlNode node) => new SerializerBuilder().WithQuotingNecessaryStrings().Build().Serialize(node).TrimEnd();

    [GeneratedRegex(@"^\s*\{\{- if (not )?(\.Values\.[\w.]+) \}\}$")]
    private static partial Regex Condition();

    [GeneratedRegex(@"^\s*\{\{- end \}\}$")]
    private static partial Regex End();

    [GeneratedRegex(@"\{\{-? (.*?) -?\}\}")]
    private static partial Regex Action();

    [GeneratedRegex("""^(?:toYaml (\.Values\.[\w.]+)|\.Files\.Get "([^"]+)") \| nindent (\d+)$""")]
    private static partial Regex Block();
}
