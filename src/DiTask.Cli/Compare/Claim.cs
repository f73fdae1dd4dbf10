using DiTask.Model.Training.Config;
using YamlDotNet.RepresentationModel;

namespace DiTask.Cli.Compare;

/// <summary>That one row does better than another.</summary>
/// <param name="Name">What to call it; several may share a name.</param>
/// <param name="Better">Row that is said to be better.</param>
/// <param name="Than">Row that it is measured against.</param>
internal sealed record Claim(string Name, string Better, string Than)
{
    private static readonly string[] Keys = ["name", "better", "than"];

    /// <summary>A list of claims.</summary>
    /// <param name="node">Maps with name, better and than; null for none.</param>
    /// <param name="rows">Rows that there are.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="ConfigException">Something else, or a row that is not there; all mistakes are named.</exception>
    public static IReadOnlyList<Claim> List(YamlNode? node, IReadOnlyList<string> rows, string path)
    {
        List<string> problems = [];
        IReadOnlyList<YamlNode> items = node switch
        {
            null => [],
            YamlSequenceNode list => [.. list.Children],
            _ => [node],
        };
        Claim[] claims = [.. items.Select(item => Of(item, rows, problems)).OfType<Claim>()];
        return problems.Count == 0 ? claims : throw new ConfigException(path, problems);
    }

    private static Claim? Of(YamlNode node, IReadOnlyList<string> rows, List<string> problems)
    {
        Dictionary<string, string> values = node is YamlMappingNode map ? map.Children.ToDictionary(item => item.Key.ToString(), item => item.Value.ToString()) : [];
        if (values.Count != Keys.Length || !Keys.All(values.ContainsKey))
        {
            problems.Add($"a claim is {{{string.Join(", ", Keys)}}}; found {node}");
            return null;
        }

        Claim claim = new(values["name"], values["better"], values["than"]);
        problems.AddRange(new[] { claim.Better, claim.Than }.Except(rows).Select(row => $"claim {claim.Name}: expected a row of {string.Join(", ", rows)}; found '{row}'"));
        return claim;
    }
}
