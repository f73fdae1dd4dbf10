namespace DiTask.Model.Training.Balancing;

/// <summary>FAMO: shares z = softmax(xi) of the rate at which the logarithms of the losses fall; xi follows who fell how far.</summary>
/// <remarks>
/// The paper evaluates the batch once more after the step to see the fall; here the next step's losses stand for that, which costs nothing and is
/// noisier. <b>Source:</b> Liu et al., NeurIPS 2023.
/// </remarks>
internal sealed class FamoRule(int tasks, double learningRate, double decay) : WeightRule
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private double[] logits = new double[tasks];
    private double[] momentum = new double[tasks];
    private double[] variance = new double[tasks];
    private double[] previous = new double[tasks];
    private double updates;
    private double currentStep = -1;

    public override double[] Factors(double[] losses, long step)
    {
        if (step != currentStep)
        {
            Update(losses);
            previous = [.. losses];
            currentStep = step;
        }

        double[] shares = [.. Softmax.Of(logits).Zip(losses, (share, loss) => share / Math.Max(loss, Epsilon))];
        double sum = shares.Zip(losses, (share, loss) => loss > 0 ? share : 0).Sum();
        return [.. shares.Zip(losses, (share, loss) => loss > 0 ? share / sum : 0)];
    }

    public override IReadOnlyDictionary<string, double[]> Save() => new Dictionary<string, double[]>
    {
        ["logits"] = [.. logits],
        ["momentum"] = [.. momentum],
        ["variance"] = [.. variance],
        ["previous"] = [.. previous],
        ["updates"] = [updates],
        ["step"] = [currentStep],
    };

    public override void Restore(IReadOnlyDictionary<string, double[]> state)
    {
        logits = state.Array("logits", tasks);
        momentum = state.Array("momentum", tasks);
        variance = state.Array("variance", tasks);
        previous = state.Array("previous", tasks);
        updates = state.Number("updates");
        currentStep = state.Number("step");
    }

    private void Update(double[] losses)
    {
        if (losses.Concat(previous).Any(loss => !(loss > 0 && double.IsFinite(loss))))
        {
            return;
        }

        double[] falls = [.. previous.Zip(losses, (before, now) => Math.Log(before) - Math.Log(now))];
        double[] shares = Softmax.Of(logits);
        double mean = shares.Zip(falls, (share, fall) => share * fall).Sum();
        updates++;
        for (int i = 0; i < logits.Length; i++)
        {
            double gradient = (shares[i] * (falls[i] - mean)) + (decay * logits[i]);
            momentum[i] += (1 - Beta1) * (gradient - momentum[i]);
            variance[i] += (1 - Beta2) * ((gradient * gradient) - variance[i]);
            double size = Math.Sqrt(variance[i] / (1 - Math.Pow(Beta2, updates))) + Epsilon;
            logits[i] -= learningRate * momentum[i] / (1 - Math.Pow(Beta1, updates)) / size;
        }
    }
}
