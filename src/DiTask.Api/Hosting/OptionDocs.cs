using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DiTask.Api.Hosting;

/// <summary>What the sources say of an option, from the documentation file that the compiler writes beside the program.</summary>
internal static partial class OptionDocs
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(Read);

    /// <summary>The summary as one line, code in backticks; empty without the file.</summary>
    public static string SummaryOf(MemberInfo member)
    {
        string name = member is Type type ? "T:" + type.FullName : $"P:{member.DeclaringType!.FullName}.{member.Name}";
        return Summaries.Value.GetValueOrDefault(name, "");
    }

    private static Dictionary<string, string> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, typeof(OptionDocs).Assembly.GetName().Name + ".xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .ToDictionary(member => (string)member.Attribute("name")!, member => Text(member.Element("summary")!))
            : [];
    }

    private static string Text(XElement summary) =>
        WhiteSpace().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when (string?)see.Attribute("cref") is { } target => $"`{target[(target.LastIndexOf('.') + 1)..]}`",
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
