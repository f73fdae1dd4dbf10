using DiTask.Model.Checkpoints;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class MovingAverageTests : IDisposable
{
    private readonly Parameter theta = new(tensor(new float[] { 1 }));
    private readonly MovingAverage average;

    public MovingAverageTests() => average = new MovingAverage(0.9, [new TrainedParameter("theta", theta, ParameterRole.Theta, null)]);

    public void Dispose()
    {
        average.Dispose();
        theta.Dispose();
    }

    [Fact]
    public void Update_TheSpecificationsSeries_GivesItsNumbers()
    {
        float[] values = [.. new[] { 2f, 3, 4 }.Select((value, update) =>
        {
            Become(value);
            average.Update(update);
            return average.Averages["theta"].item<float>();
        })];

        Assert.Equal(1.9, values[0], 1e-6);
        Assert.Equal(2.8, values[1], 1e-6);
        Assert.Equal(3.7, values[2], 1e-6);
    }

    [Fact]
    public void Update_Late_KeepsTheDecay()
    {
        Become(2);

        average.Update(1_000_000);

        Assert.Equal(1.1, average.Averages["theta"].item<float>(), 1e-6);
    }

    [Fact]
    public void InPlace_SwapsAndSwapsBack()
    {
        Become(5);

        using (average.InPlace())
        {
            Assert.Equal(1, theta.item<float>());
        }

        Assert.Equal(5, theta.item<float>());
        Assert.Equal(1, average.Averages["theta"].item<float>());
    }

    [Fact]
    public void Restore_TakesBackSavedAverages()
    {
        average.Restore(new HostTensor("theta", [1], [7]));

        Assert.Equal(7, average.Averages["theta"].item<float>());
        Assert.Equal(1, theta.item<float>());
    }

    private void Become(float value)
    {
        using IDisposable gradients = no_grad();
        theta.fill_(value);
    }
}
