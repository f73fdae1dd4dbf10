using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Affinity;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class TaskGroupingTests
{
    private static readonly string[] Tasks = ["semseg", "human_parts", "depth", "normals"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(4, 15)]
    [InlineData(5, 52)]
    [InlineData(6, 203)]
    public void Partitions_OfSeveral_AreAsManyAsBellsNumber(int count, int bell)
    {
        string[] partitions = [.. SetPartitions.Of(count).Select(groups => string.Join('|', groups.Select(group => string.Join(',', group))))];

        Assert.Equal(bell, partitions.Length);
        Assert.Equal(bell, partitions.Distinct().Count());
        Assert.All(SetPartitions.Of(count), groups => Assert.Equal(Enumerable.Range(0, count), groups.SelectMany(group => group).Order()));
    }

    [Theory]
    [InlineData(-0.2)]
    [InlineData(0.1)]
    public void Best_TwoClearBlocks_ReturnsThem(double across)
    {
        TaskGrouping best = TaskGrouping.Best(Blocks(0.5, across), group => group.Count);

        Assert.Equal(["semseg,human_parts", "depth,normals"], best.Groups.Select(group => string.Join(',', group)));
        Assert.Equal(0.5, best.Affinity, 12);
        Assert.Equal((0.5 + (2 * across)) / 3, best.Together, 12);
    }

    [Fact]
    public void Best_EverythingHurts_KeepsAllApart() =>
        Assert.Equal(4, TaskGrouping.Best(Blocks(-0.1, -0.2), group => group.Count).Groups.Count);

    [Fact]
    public void Best_WithABudget_TakesWhatFits()
    {
        TaskGrouping best = TaskGrouping.Best(Blocks(0.5, 0.1), group => 10 + group.Count, budget: 20);

        Assert.Single(best.Groups);
        Assert.Equal(14, best.GigaMacs);
        Assert.Throws<DiagnosisException>(() => TaskGrouping.Best(Blocks(0.5, 0.1), group => 10 + group.Count, budget: 5));
    }

    private static TaskMatrix Blocks(double inside, double across) => new(
        Tasks, [.. Enumerable.Range(0, 4).Select(row => (IReadOnlyList<double>)[.. Enumerable.Range(0, 4).Select(column => row == column ? 1 : row / 2 == column / 2 ? inside : across)])]);
}
