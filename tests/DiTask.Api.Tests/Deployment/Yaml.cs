using DiTask.Tests;
using YamlDotNet.RepresentationModel;

namespace DiTask.Api.Tests.Deployment;

/// <summary>Ways into a YAML document that say what is missing.</summary>
internal static class Yaml
{
    /// <summary>The one document of a file of the repository.</summary>
    public static YamlNode Load(string file) => Parse(file, File.ReadAllText(Path.Combine(Fixture.Repository, file)))!;

    /// <summary>The one document of a text; null when it holds none.</summary>
    public static YamlNode? Parse(string name, string text)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlDotNet.Core.YamlException exception)
        {
            Assert.Fail($"{name}: {exception.Message}\n{text}");
        }

        Assert.True(stream.Documents.Count <= 1, $"{name}: {stream.Documents.Count} documents.");
        return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
    }

    /// <summary>Member by member; a number is an index.</summary>
    public static YamlNode At(this YamlNode node, params string[] path) => path.Aggregate(node, (current, part) => current switch
    {
        YamlSequenceNode list => list.Children[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)],
        YamlMappingNode map when map.Children.TryGetValue(new YamlScalarNode(part), out YamlNode? child) => child,
        _ => throw new KeyNotFoundException($"No '{part}' of '{string.Join('.', path)}' in:\n{current}"),
    });

    public static bool Has(this YamlNode node, string member) => node is YamlMappingNode map && map.Children.ContainsKey(new YamlScalarNode(member));

    public static string Text(this YamlNode node, params string[] path) => ((YamlScalarNode)node.At(path)).Value!;

    public static IEnumerable<YamlNode> Items(this YamlNode node) => ((YamlSequenceNode)node).Children;

    /// <summary>Members of a mapping whose values are text.</summary>
    public static Dictionary<string, string> Texts(this YamlNode node) =>
        ((YamlMappingNode)node).Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!);

    /// <summary>Value of a member <c>value</c> in a list of members <c>name</c> and <c>value</c>.</summary>
    public static string? Variable(this YamlNode list, string name) =>
        list.Items().FirstOrDefault(item => item.Text("name") == name)?.Text("value");
}
