using DiTask.Model.Data;
using DiTask.Model.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Probes;

/// <summary>What a linear map can read of one task from the features of a frozen backbone.</summary>
/// <param name="task">The task.</param>
/// <param name="features">A batch to features [B, D, R, R].</param>
internal sealed class LinearProbe(TaskInfo task, Func<Batch, Tensor> features)
{
    /// <summary>Penalty on the weights: the same for every network, so that none is favoured by it.</summary>
    private const double Penalty = 0.1;

    /// <summary>Learns on some pictures and is judged on others.</summary>
    /// <param name="train">Pictures to learn on.</param>
    /// <param name="val">Pictures to be judged on.</param>
    public ProbeScore Measure(IEnumerable<Batch> train, IEnumerable<Batch> val)
    {
        using IDisposable off = no_grad();
        using LinearMap map = Fit([task], features, train)[0];
        List<double> errors = [];
        double rows = 0;
        double[] sums = new double[task.Channels];
        double squares = 0;
        foreach (Batch batch in val)
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (ProbeRows picture in Known(batch))
            {
                errors.Add(map.Apply(picture.Features).sub(picture.Targets).pow(2).sum().item<double>());
                double[] sum = picture.Targets.sum(dim: 0).to(CPU).data<double>().ToArray();
                sums = [.. sums.Zip(sum, (first, second) => first + second)];
                squares += picture.Targets.pow(2).sum().item<double>();
                rows += picture.Targets.shape[0];
            }
        }

        double deviation = rows == 0 ? 0 : squares - sums.Sum(sum => sum * sum / rows);

        // Labels that are all the same leave nothing to explain.
        return new ProbeScore([.. errors.Select(error => deviation > 1e-9 * squares ? error / deviation : double.NaN)]);
    }

    /// <summary>What explains the labels of some pictures best, a map for each task from one look at each picture; the caller disposes them.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="features">A batch to features [B, D, R, R].</param>
    /// <param name="train">Pictures to learn on.</param>
    /// <exception cref="DiagnosisException">None has a label of one of the tasks.</exception>
    public static LinearMap[] Fit(IReadOnlyList<TaskInfo> tasks, Func<Batch, Tensor> features, IEnumerable<Batch> train)
    {
        using IDisposable off = no_grad();
        RidgeRegression[] regressions = [.. tasks.Select(_ => new RidgeRegression(Penalty))];
        try
        {
            foreach (Batch batch in train)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor seen = features(batch);
                foreach ((TaskInfo task, RidgeRegression regression) in tasks.Zip(regressions))
                {
                    foreach (ProbeRows picture in ProbeRows.Of(seen, batch, task).OfType<ProbeRows>())
                    {
                        regression.Add(picture.Features, picture.Targets);
                    }
                }
            }

            return [.. tasks.Zip(regressions, (task, regression) => regression.Fit(task.Name))];
        }
        finally
        {
            Array.ForEach(regressions, regression => regression.Dispose());
        }
    }

    private IEnumerable<ProbeRows> Known(Batch batch) => ProbeRows.Of(features(batch), batch, task).OfType<ProbeRows>();
}
