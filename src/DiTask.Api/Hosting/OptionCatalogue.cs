using System.Reflection;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Hosting;

/// <summary>Every option of the service: the public properties that can be set, of every class with a section of its own.</summary>
internal static class OptionCatalogue
{
    private const string SectionField = "Section";

    /// <summary>Section to class, by name.</summary>
    public static IReadOnlyDictionary<string, Type> Sections { get; } = new SortedDictionary<string, Type>(
        typeof(OptionCatalogue).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField(SectionField) is { IsLiteral: true })
            .ToDictionary(type => (string)type.GetField(SectionField)!.GetRawConstantValue()!),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Every option, section by section, in the order of the sources.</summary>
    public static IReadOnlyList<OptionInfo> All { get; } =
        [.. Sections.SelectMany(section => section.Value
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || property.PropertyType.IsGenericType)
            .OrderBy(property => property.MetadataToken)
            .Select(property => new OptionInfo(section.Key, section.Value, property)))];

    /// <summary>The options in force of a class of <see cref="Sections"/>.</summary>
    /// <exception cref="OptionsValidationException">They are wrong.</exception>
    public static object Values(IServiceProvider services, Type type) =>
        ((IOptions<object>)services.GetRequiredService(typeof(IOptions<>).MakeGenericType(type))).Value;
}
