using System.Globalization;

namespace DiTask.Model.Tasks;

/// <summary>The six dense tasks that a checkpoint can hold.</summary>
public static class TaskCatalog
{
    private const int MaxClasses = 255;
    private const string Attribute = "attr_";

    /// <summary>Wire names of all tasks, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<string> Names { get; } = ["semseg", "human_parts", "sal", "normals", "edge", "depth"];

    /// <summary>Whether a task is an attribute to pretrain on, <c>attr_texture</c>: classes like those of semseg, but nothing that is folded or served.</summary>
    public static bool IsAttribute(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > Attribute.Length && name.StartsWith(Attribute, StringComparison.Ordinal) && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
    }

    /// <summary>Whether a task's labels are classes.</summary>
    public static bool HasClasses(string name) => name is "semseg" or "human_parts" || IsAttribute(name);

    /// <summary>The attribute called <paramref name="name"/>: <c>attr_texture</c> of texture.</summary>
    public static string AttributeOf(string name) => Attribute + name;

    /// <summary>What is known of a task whose head has <paramref name="channels"/> channels.</summary>
    /// <remarks>
    /// semseg with 21 channels has the classes and palette of PASCAL, with 40 those of NYUD; human_parts with 7 those of PASCAL.
    /// Any other count of a label task gives <c>class_0</c> and so on with a generated palette.
    /// </remarks>
    /// <param name="name">Wire name.</param>
    /// <param name="channels">Channels of the logits.</param>
    /// <exception cref="ArgumentException">The name is unknown, or the task cannot have that many channels.</exception>
    public static TaskInfo Describe(string name, int channels)
    {
        switch (name)
        {
            case var labels when HasClasses(labels):
                RequireChannels(name, channels, 2, MaxClasses);
                return new TaskInfo
                {
                    Name = name, Channels = channels, Kind = TaskKind.Labels, Activation = TaskActivation.ArgMax, Classes = Classes(name, channels),
                };
            case "sal":
            case "edge":
                RequireChannels(name, channels, 1, 1);
                return new TaskInfo { Name = name, Channels = channels, Kind = TaskKind.Scalar, Activation = TaskActivation.Sigmoid };
            case "normals":
                RequireChannels(name, channels, 3, 3);
                return new TaskInfo
                {
                    Name = name, Channels = channels, Kind = TaskKind.Vector, Activation = TaskActivation.UnitVector, Frame = "camera",
                };
            case "depth":
                RequireChannels(name, channels, 1, 1);
                return new TaskInfo { Name = name, Channels = channels, Kind = TaskKind.Scalar, Activation = TaskActivation.None, Unit = "m" };
            default:
                throw new ArgumentException($"Unknown task '{name}'; known are {string.Join(", ", Names)}.", nameof(name));
        }
    }

    private static void RequireChannels(string name, int channels, int least, int most)
    {
        if (channels < least || channels > most)
        {
            string expected = least == most ? $"{least}" : $"{least} to {most}";
            throw new ArgumentException($"Task '{name}' has {expected} channels; found {channels}.", nameof(channels));
        }
    }

    private static TaskClass[] Classes(string name, int channels) => (name, channels) switch
    {
        ("semseg", 21) => Classes(channels, label => ClassNames.Pascal[label], ClassColors.Voc),
        ("semseg", 40) => Classes(channels, label => ClassNames.Nyud[label], ClassColors.Generated),
        ("human_parts", 7) => Classes(channels, label => ClassNames.HumanParts[label], ClassColors.Voc),
        _ => Classes(channels, label => string.Create(CultureInfo.InvariantCulture, $"class_{label}"), ClassColors.Generated),
    };

    private static TaskClass[] Classes(int count, Func<int, string> nameOf, Func<int, int> colorOf) =>
        [.. Enumerable.Range(0, count).Select(label => new TaskClass(label, nameOf(label), $"#{colorOf(label):X6}"))];
}
