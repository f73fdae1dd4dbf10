using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>The tasks of a run in their order, and lambda, what each loss is multiplied by before a method looks at it.</summary>
internal sealed class RunTasks
{
    /// <exception cref="ArgumentException">No task, a task twice, a weight of another task or one that is negative or not a number.</exception>
    public RunTasks(IReadOnlyList<string> names, IReadOnlyDictionary<string, double> weights)
    {
        if (names.Count == 0 || names.Distinct().Count() != names.Count)
        {
            throw new ArgumentException($"Expected one or more different tasks; found {Listed(names)}.", nameof(names));
        }

        foreach ((string task, double weight) in weights)
        {
            if (!names.Contains(task))
            {
                throw new ArgumentException($"A weight is given for '{task}'; the tasks are {Listed(names)}.", nameof(weights));
            }

            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"The weight of '{task}' is {weight}; expected a number that is 0 or more.", nameof(weights));
            }
        }

        Names = names;
        Weights = [.. names.Select(name => weights.GetValueOrDefault(name, 1))];
    }

    /// <summary>Wire names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>lambda, by index of the task.</summary>
    public double[] Weights { get; }

    /// <summary>Number of tasks.</summary>
    public int Count => Names.Count;

    /// <summary>The raw losses in the order of the tasks.</summary>
    /// <exception cref="ArgumentException">They are not those of the tasks, in their order, or not scalars.</exception>
    public Tensor[] Losses(BalancingStep step)
    {
        if (!step.Losses.Keys.SequenceEqual(Names))
        {
            throw new ArgumentException($"Expected losses of {Listed(Names)} in this order; found {Listed(step.Losses.Keys)}.", nameof(step));
        }

        foreach ((string task, Tensor loss) in step.Losses)
        {
            if (loss.numel() != 1)
            {
                throw new ArgumentException($"Expected a scalar loss of '{task}'; found shape [{string.Join(',', loss.shape)}].", nameof(step));
            }
        }

        return [.. step.Losses.Values];
    }

    /// <summary>lambda_i L_i as numbers.</summary>
    public double[] Values(Tensor[] losses)
    {
        using IDisposable gradients = no_grad();
        return [.. losses.Select((loss, i) => Weights[i] * loss.to(float64).item<double>())];
    }

    /// <summary>Back-propagates the sum of scale lambda_i factor_i L_i.</summary>
    public void BackwardSum(Tensor[] losses, double[] factors, double scale)
    {
        Tensor total = losses[0] * (scale * Weights[0] * factors[0]);
        for (int i = 1; i < losses.Length; i++)
        {
            total += losses[i] * (scale * Weights[i] * factors[i]);
        }

        total.backward();
    }

    /// <summary>lambda_i factor_i by name: what the raw losses were multiplied by.</summary>
    public IReadOnlyDictionary<string, double> Effective(double[] factors) =>
        Names.Select((name, i) => (name, i)).ToDictionary(task => task.name, task => Weights[task.i] * factors[task.i]);

    /// <summary>Values by name in the order of the tasks; <paramref name="missing"/> where there is none.</summary>
    public double[] Ordered(IReadOnlyDictionary<string, double> values, double missing) =>
        [.. Names.Select(name => values.GetValueOrDefault(name, missing))];

    private static string Listed(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";
}
