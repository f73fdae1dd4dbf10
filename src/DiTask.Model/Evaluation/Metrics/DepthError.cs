namespace DiTask.Model.Evaluation.Metrics;

/// <summary>Errors of distances, pooled over all pixels of a set.</summary>
/// <remarks>Predictions below 1e-9 m count as 1e-9 m. <b>Source:</b> evaluation/eval_depth.py @7541c55 for rmse and log rmse.</remarks>
internal sealed class DepthError
{
    private const double Least = 1e-9;

    private readonly long[] within = new long[3];
    private double squares;
    private double relative;
    private double logs;
    private double logSquares;

    /// <summary>Pixels measured.</summary>
    public long Count { get; private set; }

    /// <summary>Root of the mean squared error in metres.</summary>
    public double Rmse => Math.Sqrt(squares / Count);

    /// <summary>Mean of the error as a share of the labelled distance.</summary>
    public double AbsRel => relative / Count;

    /// <summary>Root of the mean squared difference of the natural logarithms.</summary>
    public double LogRmse => Math.Sqrt(logSquares / Count);

    /// <summary>100 times the standard deviation of that difference: blind to a common factor.</summary>
    public double SiLog => 100 * Math.Sqrt(Math.Max((logSquares / Count) - (logs / Count * (logs / Count)), 0));

    /// <summary>Share of the pixels off by a factor below 1.25 to the power of <paramref name="power"/>, 1 to 3.</summary>
    public double Delta(int power) => (double)within[power - 1] / Count;

    /// <summary>Adds pixels, in metres.</summary>
    public void Add(ReadOnlySpan<float> predicted, ReadOnlySpan<float> label, ReadOnlySpan<bool> known)
    {
        for (int i = 0; i < predicted.Length; i++)
        {
            if (!known[i])
            {
                continue;
            }

            double depth = label[i], guess = Math.Max(predicted[i], Least);
            double error = guess - depth, log = Math.Log(guess) - Math.Log(depth);
            double factor = Math.Max(guess / depth, depth / guess);
            Count++;
            squares += error * error;
            relative += Math.Abs(error) / depth;
            logs += log;
            logSquares += log * log;
            double limit = 1;
            for (int power = 0; power < within.Length; power++)
            {
                limit *= 1.25;
                within[power] += factor < limit ? 1 : 0;
            }
        }
    }

    public void Merge(DepthError other)
    {
        Count += other.Count;
        squares += other.squares;
        relative += other.relative;
        logs += other.logs;
        logSquares += other.logSquares;
        for (int power = 0; power < within.Length; power++)
        {
            within[power] += other.within[power];
        }
    }
}
