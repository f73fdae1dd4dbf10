using DiTask.Cli.Compare.Report;

namespace DiTask.Model.Tests.Cli.Compare;

public sealed class LabelPlacerTests
{
    [Fact]
    public void Place_ManyDotsInOnePlace_NoNameCoversAnother()
    {
        LabelPlacer.Dot[] dots = [.. Enumerable.Range(0, 12).Select(index => new LabelPlacer.Dot(300 + (index % 3), 200 + (2 * index), $"a-name-of-row-{index}"))];

        LabelPlacer.Label[] labels = [.. LabelPlacer.Place(dots, 60, 60, 840, 500)];

        Assert.Equal(dots.Select(dot => dot.Name).Order(), labels.Select(label => label.Dot.Name).Order());
        foreach (LabelPlacer.Label label in labels)
        {
            Assert.DoesNotContain(labels, other => other != label && other.Box.Meets(label.Box));
            Assert.DoesNotContain(dots, dot => label.Box.Contains(dot.X, dot.Y));
            Assert.InRange(label.Box.Left, 60, 840);
            Assert.InRange(label.Box.Right, 60, 840);
        }
    }

    [Fact]
    public void Place_DotAtTheRightEdge_HasItsNameToTheLeft()
    {
        LabelPlacer.Label label = Assert.Single(LabelPlacer.Place([new LabelPlacer.Dot(830, 100, "single")], 60, 60, 840, 500));

        Assert.True(label.IsLeft);
        Assert.False(label.IsFar);
    }
}
