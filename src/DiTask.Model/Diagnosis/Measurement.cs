using DiTask.Model.Data;
using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Losses;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis;

/// <summary>What is measured of one checkpoint without changing it.</summary>
/// <param name="Runner">The network with its losses.</param>
/// <param name="Meter">The tasks' gradients.</param>
/// <param name="Affinities">Lookahead of every batch; empty when not asked for.</param>
/// <param name="PictureLosses">Losses [tasks] of each picture of the evaluated split.</param>
internal sealed record Measurement(TaskRunner Runner, GradientMeter Meter, IReadOnlyList<double[,]> Affinities, IReadOnlyList<double[]> PictureLosses)
{
    /// <summary>Measures a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="run">Losses and their weights.</param>
    /// <param name="data">Where the pictures come from.</param>
    /// <param name="count">Batches.</param>
    /// <param name="lookahead">Length of the lookahead step; null for none.</param>
    /// <param name="notice">Is told what is being done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static Measurement Take(TrainableNetwork network, RunConfig run, TrainingData data, int count, double? lookahead, Action<string> notice, CancellationToken cancellation)
    {
        string[] tasks = [.. data.Tasks.Select(task => task.Name)];
        TaskRunner runner = new(network, tasks, run.Losses.LossForm);
        IReadOnlyDictionary<string, double> weights = LossWeights.Of(tasks, run.Losses);
        SharedParameters shared = new(network.Parameters);
        if (shared.Tensors.Count == 0)
        {
            throw new DiagnosisException("The tasks share no trained parameter, so that they cannot disturb each other; expected an adapter that trains some of the backbone.");
        }

        IReadOnlyList<Parameter>[] own = [.. tasks.Select(task => (IReadOnlyList<Parameter>)
            [.. network.Parameters.Where(parameter => parameter.Task == task && parameter.Role == ParameterRole.Decoder).Select(parameter => parameter.Tensor)])];
        GradientProbe probe = new(shared.Tensors, shared.Groups, own, [.. tasks.Select(task => weights[task])]);
        GradientMeter meter = new(tasks, shared.Groups);
        List<double[,]> affinities = [];
        notice($"taking the gradients of {count} batches");
        foreach (Batch batch in Batches(data, count, cancellation))
        {
            using DisposeScope scope = NewDisposeScope();
            GradientSample sample = probe.Measure(runner.Losses(batch), out IReadOnlyList<Tensor> gradients);
            meter.Add(sample);
            if (lookahead is { } rate)
            {
                affinities.Add(LookaheadProbe.Measure(shared.Tensors, gradients, sample.Losses, () => runner.Values(batch), rate));
            }
        }

        Clear(network);
        return new Measurement(runner, meter, affinities, [.. data.Validation!.Epoch(0, 0, cancellation).SelectMany(runner.PictureValues)]);
    }

    /// <summary>The first <paramref name="count"/> batches of the training split, pass after pass if it is small.</summary>
    public static IEnumerable<Batch> Batches(TrainingData data, int count, CancellationToken cancellation) =>
        Enumerable.Range(0, ((count - 1) / data.Train.BatchesPerEpoch) + 1).SelectMany(epoch => data.Train.Epoch(epoch, 0, cancellation)).Take(count);

    // Thetas of tasks got gradients too.
    private static void Clear(TrainableNetwork network)
    {
        foreach (TrainedParameter parameter in network.Parameters)
        {
            parameter.Tensor.grad = null;
        }
    }
}
