using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DiTask.Api.Hosting;

/// <summary>One option: what it is called, what it may be, what it is without being set.</summary>
internal sealed class OptionInfo
{
    private readonly PropertyInfo property;

    public OptionInfo(string section, Type owner, PropertyInfo property)
    {
        this.property = property;
        Owner = owner;
        Section = section;
        ItemType = ItemTypeOf(property.PropertyType);
        Default = property.GetValue(Activator.CreateInstance(owner));
        Description = OptionDocs.SummaryOf(property);
    }

    /// <summary>The class that has it.</summary>
    public Type Owner { get; }

    /// <summary>Section of the configuration.</summary>
    public string Section { get; }

    /// <summary>Name within the section.</summary>
    public string Key => property.Name;

    /// <summary>Name in the configuration.</summary>
    public string Name => $"{Section}:{property.Name}";

    /// <summary>Name in the environment; of a list, that of its first item.</summary>
    public string EnvironmentVariable => $"{Section}__{property.Name}{(IsList ? "__0" : "")}";

    /// <summary>Type of the value, or of the items of a list.</summary>
    public Type ItemType { get; }

    public bool IsList => ItemType != (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    public bool IsSecret => property.IsDefined(typeof(SecretAttribute));

    /// <summary>Value when nothing is set.</summary>
    public object? Default { get; }

    /// <summary>What it does.</summary>
    public string Description { get; }

    /// <summary>Smallest and largest value; null where any will do.</summary>
    public RangeAttribute? Range => property.GetCustomAttribute<RangeAttribute>();

    /// <summary>All values, where there are few; empty otherwise.</summary>
    public IReadOnlyList<string> Choices =>
        property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern && pattern.Pattern.All(character => char.IsLetterOrDigit(character) || character == '|')
            ? pattern.Pattern.Split('|')
            : ItemType.IsEnum ? Enum.GetNames(ItemType) : [];

    /// <summary>Whether it is made of texts that can be written into a configuration.</summary>
    public bool IsSimple => ItemType == typeof(string) || ItemType == typeof(bool) || ItemType.IsEnum || ItemType == typeof(TimeSpan) || IsNumber;

    private bool IsNumber => ItemType == typeof(int) || ItemType == typeof(long) || ItemType == typeof(double);

    /// <summary>What a value looks like.</summary>
    public string TypeName => ItemType switch
    {
        _ when Choices.Count > 0 => "choice",
        _ when ItemType == typeof(bool) => "true or false",
        _ when ItemType == typeof(TimeSpan) => "time",
        _ when ItemType == typeof(double) => "number",
        _ when IsNumber => "whole number",
        _ => "text",
    };

    /// <summary>Unit of the value; empty where it has none.</summary>
    public string Unit => ItemType switch
    {
        _ when ItemType == typeof(TimeSpan) => "h:min:s",
        _ when !IsNumber => "",
        _ when Key.EndsWith("BytesPerSecond", StringComparison.Ordinal) => "bytes/s",
        _ when Key.EndsWith("Bytes", StringComparison.Ordinal) => "bytes",
        _ when Key.EndsWith("Pixels", StringComparison.Ordinal) => "pixels",
        _ => "",
    };

    /// <summary>The value in force.</summary>
    public object? ValueIn(object options) => property.GetValue(options);

    /// <summary>Whether a text can be a value.</summary>
    public bool CanBe(string text)
    {
        TypeConverter converter = TypeDescriptor.GetConverter(ItemType);
        try
        {
            converter.ConvertFromString(null, CultureInfo.InvariantCulture, text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static Type ItemTypeOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType()!;
        }

        return type.IsGenericType && type.GetGenericArguments() is [var item] ? item : type;
    }
}
