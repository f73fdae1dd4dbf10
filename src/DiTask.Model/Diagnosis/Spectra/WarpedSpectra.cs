using DiTask.Model.Checkpoints;
using DiTask.Model.Cpab;
using DiTask.Model.Training.Adapters;
using DiTask.Model.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Spectra;

/// <summary>The spectra of all adapted weights before and after warping.</summary>
internal static class WarpedSpectra
{
    /// <summary>Most singular values kept of a spectrum: enough for a picture.</summary>
    public const int MostPoints = 64;

    private const int CurvePoints = 65;

    /// <summary>Layer by layer in the order of the network; empty for a network without thetas.</summary>
    public static IReadOnlyList<WarpedLayer> Of(TrainableNetwork network)
    {
        using IDisposable off = no_grad();
        string prefix = network.Config.Backbone.KeyPrefix;
        return [.. KeyCatalog.LinearLayers(network.Config.Backbone).Where(layer => network.Adapters[prefix + layer] is WarpAdapter)
            .Select(layer => Layer(layer, (WarpAdapter)network.Adapters[prefix + layer]))];
    }

    /// <summary>At most <paramref name="most"/> of <paramref name="values"/>, evenly spaced, first and last among them.</summary>
    public static double[] Thin(IReadOnlyList<double> values, int most) => values.Count <= most
        ? [.. values]
        : [.. Enumerable.Range(0, most).Select(index => values[(int)((long)index * (values.Count - 1) / (most - 1))])];

    private static WarpedLayer Layer(string layer, WarpAdapter adapter) => new(
        layer,
        AdaptedModel.StageOf(layer),
        [.. adapter.Sigma.Select(sigma => Thin(sigma, MostPoints))],
        [.. adapter.Parameters.Select(theta => Stream(adapter, theta))]);

    private static WarpedStream Stream(WarpAdapter adapter, TrainedParameter theta)
    {
        double[] numbers = Array.ConvertAll(ParameterStore.Download(theta.Key, theta.Tensor).Values, value => (double)value);
        CpabTransform phi = new(numbers);
        using DisposeScope scope = NewDisposeScope();
        double[][] warped = [.. adapter.Spectra(theta.Task).Select(sigma => sigma.to(float64).to(CPU).data<double>().ToArray())];
        return new WarpedStream(
            theta.Task,
            numbers,
            [.. Enumerable.Range(0, CurvePoints).Select(index => (double)index / (CurvePoints - 1)).Select(x => phi.Apply(x) - x)],
            [.. warped.Select(sigma => Thin(sigma, MostPoints))],
            Change(adapter.Sigma, warped));
    }

    private static double Change(IReadOnlyList<double[]> before, double[][] after)
    {
        double[] changes = [.. before.Zip(after).SelectMany(block => block.First.Zip(block.Second)).Where(pair => pair.First > 0).Select(pair => (pair.Second / pair.First) - 1)];
        return changes.Length == 0 ? 0 : Math.Sqrt(changes.Average(change => change * change));
    }
}
