using DiTask.Model.Training;

namespace DiTask.Cli.Compare;

/// <summary>How long steps take, evaluations left out.</summary>
internal sealed class StepTimes : IRunObserver
{
    private readonly List<double> rates = [];

    public void Notice(string text)
    {
    }

    public void Stepped(StepReport report) => rates.Add(report.ImagesPerSecond);

    public void Validated(ValidationReport report)
    {
    }

    /// <summary>Median in milliseconds; NaN without a step.</summary>
    public double Median(int batch) => rates.Count == 0 ? double.NaN : 1000 * batch / rates.Order().ElementAt(rates.Count / 2);
}
