using DiTask.Model.Config;
using DiTask.Model.Diagnosis.Costs;

namespace DiTask.Model.Tests.Diagnosis;

/// <summary>The anchors of the published network.</summary>
public sealed class NetworkCostTests
{
    private static readonly (string, int)[] Pascal = [("semseg", 21), ("human_parts", 7), ("sal", 1), ("normals", 3)];

    [Theory]
    [InlineData(224, 4.49)]
    [InlineData(448, 17.96)]
    public void Of_SwinTinyBackbone_IsTheKnownNumber(int size, double giga)
    {
        NetworkCost cost = NetworkCost.Of(Tiny(size, []));

        Assert.Equal(giga, cost.TrunkGigaMacs, 2);
        Assert.Equal(27.52, cost.TrunkParameters / 1e6, 2);
        Assert.Equal(cost.TrunkGigaMacs, cost.GigaMacs);
    }

    [Theory]
    [InlineData(448, 41.36)]
    [InlineData(224, 10.34)]
    public void Of_FourTasks_IsTheKnownNumber(int size, double giga) => Assert.Equal(giga, NetworkCost.Of(Tiny(size, Pascal)).GigaMacs, 2);

    [Fact]
    public void Of_FourTasks_CountsStoredAndResidentParameters()
    {
        NetworkCost cost = NetworkCost.Of(Tiny(448, Pascal));

        Assert.Equal(29.47, cost.StoredParameters / 1e6, 2);
        Assert.Equal(57.67, cost.ResidentParameters / 1e6, 2);
        Assert.All(cost.Tasks, task => Assert.Equal(7_050_240, task.CopiedParameters));
        Assert.All(cost.Tasks, task => Assert.Equal(4.855, task.TailGigaMacs, 3));
        Assert.Equal(0.996, cost.Tasks.Average(task => task.HeadGigaMacs), 3);
        Assert.Equal(1_946_624, cost.Tasks.Sum(task => task.Parameters));
    }

    [Fact]
    public void Of_SharedEncoder_HasNoTails()
    {
        ModelConfig config = Tiny(448, Pascal);
        config = config with { Adapters = config.Adapters with { TaskTessellation = new Dictionary<string, IReadOnlyDictionary<string, int>>() } };

        NetworkCost cost = NetworkCost.Of(config);

        Assert.Equal(21.94, cost.GigaMacs, 2);
        Assert.Equal(75.8, Pascal.Sum(task => cost.Of([task.Item1])), 1);
    }

    private static ModelConfig Tiny(int size, (string, int)[] tasks)
    {
        ModelConfig config = ModelPresets.Create("tiny", tasks);
        return config with { Backbone = config.Backbone with { ImageSize = size } };
    }
}
