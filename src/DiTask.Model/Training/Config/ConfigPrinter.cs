using System.Collections;
using System.Globalization;
using System.Reflection;

namespace DiTask.Model.Training.Config;

/// <summary>Options' records to YAML.</summary>
internal static class ConfigPrinter
{
    public static void Print(TextWriter writer, object section, string indent)
    {
        foreach (PropertyInfo property in ConfigBinder.Properties(section.GetType()))
        {
            object? value = property.GetValue(section);
            string key = $"{indent}{ConfigBinder.KeyOf(property.Name)}:";
            if (value is not null && ConfigBinder.IsRecord(value.GetType()))
            {
                writer.Write(key + "\n");
                Print(writer, value, indent + "  ");
            }
            else if (value is IReadOnlyDictionary<string, double> numbers)
            {
                writer.Write($"{key} {{{string.Join(", ", numbers.Select(pair => $"{pair.Key}: {Text(pair.Value)}"))}}}\n");
            }
            else
            {
                writer.Write($"{key} {Text(value)}\n");
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Quote(text),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Quote(string text) => text.Length > 0 && (char.IsAsciiLetter(text[0]) || "/._".Contains(text[0], StringComparison.Ordinal)) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./".Contains(letter, StringComparison.Ordinal)) && text is not ("null" or "true" or "false" or "." or "...")
        ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
