using System.Globalization;
using System.Reflection;
using DiTask.Model.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DiTask.Model.Training.Config;

/// <summary>YAML nodes to the options' records. What is not named keeps its default.</summary>
internal static class ConfigBinder
{
    /// <summary>An object of <paramref name="type"/>; mistakes go to <paramref name="problems"/>.</summary>
    public static object? Bind(YamlNode node, Type type, string path, List<string> problems)
    {
        Type target = Nullable.GetUnderlyingType(type) ?? type;
        if (IsNull(node) && (Nullable.GetUnderlyingType(type) is not null || !target.IsValueType))
        {
            return null;
        }

        if (IsRecord(target))
        {
            return Record(node, target, path, problems);
        }

        if (target == typeof(IReadOnlyDictionary<string, double>))
        {
            return Numbers(node, path, problems);
        }

        return target.IsGenericType && target.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? List(node, target.GetGenericArguments()[0], path, problems)
            : Scalar(node, target, path, problems);
    }

    /// <summary>A property's name in the file.</summary>
    public static string KeyOf(string property) =>
        string.Concat(property.Select((letter, index) => char.IsUpper(letter) && index > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    /// <summary>Whether values of <paramref name="type"/> are sections of the file.</summary>
    public static bool IsRecord(Type type) => type.Namespace?.StartsWith("DiTask.", StringComparison.Ordinal) == true;

    /// <summary>The properties that a section has.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    private static object Record(YamlNode node, Type type, string path, List<string> problems)
    {
        object result = Activator.CreateInstance(type)!;
        if (node is not YamlMappingNode mapping)
        {
            problems.Add($"{Where(node)}'{path}' is a section with keys of its own; found '{node}'");
            return result;
        }

        Dictionary<string, PropertyInfo> known = Properties(type).ToDictionary(property => KeyOf(property.Name));
        foreach ((YamlNode name, YamlNode value) in mapping.Children)
        {
            string key = name.ToString();
            string full = path.Length == 0 ? key : $"{path}.{key}";
            if (known.TryGetValue(key, out PropertyInfo? property))
            {
                if (Bind(value, property.PropertyType, full, problems) is { } bound)
                {
                    property.SetValue(result, bound);
                }
                else if (new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable)
                {
                    property.SetValue(result, null);
                }
            }
            else
            {
                problems.Add($"{Where(name)}'{full}' is unknown; nearest is '{NearestNames.Of(key, known.Keys, count: 1)[0]}' of {string.Join(", ", known.Keys)}");
            }
        }

        return result;
    }

    // In quotes it is a text.
    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Value: null or "" or "null" or "~", Style: ScalarStyle.Any or ScalarStyle.Plain };

    // One value stands for a list of one.
    private static Array List(YamlNode node, Type element, string path, List<string> problems)
    {
        YamlNode[] items = node is YamlSequenceNode sequence ? [.. sequence.Children] : [node];
        Array result = Array.CreateInstance(element, items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            if (IsNull(items[i]))
            {
                problems.Add($"{Where(items[i])}'{path}[{i}]' is empty");
            }

            result.SetValue(Bind(items[i], element, $"{path}[{i}]", problems) ?? Missing(element), i);
        }

        return result;
    }

    // Lists of texts are read by the rules; they are to find an empty one, not none.
    private static string? Missing(Type element) => element == typeof(string) ? "" : null;

    private static Dictionary<string, double> Numbers(YamlNode node, string path, List<string> problems)
    {
        Dictionary<string, double> numbers = [];
        if (node is not YamlMappingNode mapping)
        {
            problems.Add($"{Where(node)}'{path}' holds names with numbers; found '{node}'");
            return numbers;
        }

        foreach ((YamlNode name, YamlNode value) in mapping.Children)
        {
            if (Bind(value, typeof(double), $"{path}.{name}", problems) is double number)
            {
                numbers[name.ToString()] = number;
            }
        }

        return numbers;
    }

    private static object? Scalar(YamlNode node, Type type, string path, List<string> problems)
    {
        string text = node is YamlScalarNode scalar ? scalar.Value ?? "" : node.ToString();
        object? value = node is not YamlScalarNode ? null
            : type == typeof(string) ? text
            : type == typeof(bool) ? bool.TryParse(text, out bool flag) ? flag : null
            : type == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? whole : null
            : type == typeof(long) ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large) ? large : null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
        if (value is null)
        {
            problems.Add($"{Where(node)}'{path}' is {Expected(type)}; found '{text}'");
        }

        return value;
    }

    private static string Expected(Type type) =>
        type == typeof(bool) ? "true or false" : type == typeof(int) || type == typeof(long) ? "a whole number" : type == typeof(double) ? "a number" : "a text";

    private static string Where(YamlNode node) => node.Start.Line > 0 ? $"line {node.Start.Line}: " : "";
}
