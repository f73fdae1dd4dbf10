using DiTask.Model.Tasks;

namespace DiTask.Model.Tests.Tasks;

public sealed class TaskCatalogTests
{
    [Fact]
    public void Describe_SemsegWith21Channels_IsPascal()
    {
        TaskInfo task = TaskCatalog.Describe("semseg", 21);

        Assert.Equal(TaskKind.Labels, task.Kind);
        Assert.Equal(TaskActivation.ArgMax, task.Activation);
        Assert.Equal(21, task.Classes.Count);
        Assert.Equal(new TaskClass(0, "background", "#000000"), task.Classes[0]);
        Assert.Equal(new TaskClass(15, "person", "#C08080"), task.Classes[15]);
        Assert.Equal(new TaskClass(20, "tvmonitor", "#004080"), task.Classes[20]);
    }

    // Reference specification 8.1 lists the palette of the 21 classes.
    [Fact]
    public void Describe_SemsegWith21Channels_HasTheVocPalette()
    {
        string[] expected =
        [
            "#000000", "#800000", "#008000", "#808000", "#000080", "#800080", "#008080", "#808080", "#400000", "#C00000", "#408000",
            "#C08000", "#400080", "#C00080", "#408080", "#C08080", "#004000", "#804000", "#00C000", "#80C000", "#004080",
        ];

        Assert.Equal(expected, TaskCatalog.Describe("semseg", 21).Classes.Select(entry => entry.Color));
    }

    [Fact]
    public void Describe_SemsegWith40Channels_IsNyud()
    {
        TaskInfo task = TaskCatalog.Describe("semseg", 40);

        Assert.Equal("wall", task.Classes[0].Name);
        Assert.Equal("refridgerator", task.Classes[23].Name);
        Assert.Equal("otherprop", task.Classes[39].Name);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(255)]
    public void Describe_GeneratedPalette_ColoursAreDistinct(int channels)
    {
        (int R, int G, int B)[] colors = [.. TaskCatalog.Describe("semseg", channels).Classes.Select(entry =>
        {
            int color = Convert.ToInt32(entry.Color[1..], 16);
            return (color >> 16, (color >> 8) & 255, color & 255);
        })];

        int nearest = int.MaxValue;
        for (int i = 0; i < colors.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                nearest = Math.Min(
                    nearest, Math.Abs(colors[i].R - colors[j].R) + Math.Abs(colors[i].G - colors[j].G) + Math.Abs(colors[i].B - colors[j].B));
            }
        }

        Assert.True(nearest >= 20, $"Two of {channels} colours are only {nearest} apart.");
    }

    [Fact]
    public void Describe_OtherChannelCount_NamesClassesByNumber()
    {
        TaskInfo task = TaskCatalog.Describe("human_parts", 5);

        Assert.Equal(["class_0", "class_1", "class_2", "class_3", "class_4"], task.Classes.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData("sal", 1, TaskKind.Scalar, TaskActivation.Sigmoid, null, null)]
    [InlineData("edge", 1, TaskKind.Scalar, TaskActivation.Sigmoid, null, null)]
    [InlineData("depth", 1, TaskKind.Scalar, TaskActivation.None, "m", null)]
    [InlineData("normals", 3, TaskKind.Vector, TaskActivation.UnitVector, null, "camera")]
    public void Describe_ValueTask_HasKindUnitAndFrame(
        string name, int channels, TaskKind kind, TaskActivation activation, string? unit, string? frame)
    {
        TaskInfo task = TaskCatalog.Describe(name, channels);

        Assert.Equal((kind, activation, unit, frame), (task.Kind, task.Activation, task.Unit, task.Frame));
        Assert.Empty(task.Classes);
    }

    [Fact]
    public void Describe_HumanParts_HasSevenParts() =>
        Assert.Equal(
            ["background", "head", "torso", "uarm", "larm", "uleg", "lleg"],
            TaskCatalog.Describe("human_parts", 7).Classes.Select(entry => entry.Name));

    [Theory]
    [InlineData("semsge")]
    [InlineData("Depth")]
    [InlineData("")]
    public void Describe_UnknownName_ListsTheKnown(string name)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => TaskCatalog.Describe(name, 1));

        Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("semseg, human_parts, sal, normals, edge, depth", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normals", 2)]
    [InlineData("depth", 2)]
    [InlineData("sal", 0)]
    [InlineData("semseg", 1)]
    [InlineData("semseg", 256)]
    public void Describe_ImpossibleChannelCount_NamesExpectedAndFound(string name, int channels)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => TaskCatalog.Describe(name, channels));

        Assert.Contains($"found {channels}", exception.Message, StringComparison.Ordinal);
    }
}
