using System.Globalization;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;

namespace DiTask.Cli.Train;

/// <summary>What a run would cost.</summary>
internal static class TrialTable
{
    public static void Print(TrainingTrial trial, NetworkCost cost, RunConfig config)
    {
        Row("pictures", $"{trial.Pictures:N0}, {trial.StepsPerEpoch:N0} steps of {config.Batch} an epoch");
        Row("multiply-adds", $"{cost.GigaMacs:G3} x 10^9 a picture, forward and folded");
        Row("a step", $"{trial.Step.TotalSeconds:G3} s, so an epoch {StepTable.Time(trial.Epoch)} and {config.Schedule.Epochs:N0} of them {StepTable.Time(trial.Epoch * config.Schedule.Epochs)}, without evaluations");
        Row("memory of the process", $"{trial.PeakBytes >> 20:N0} MiB");
    }

    private static void Row(string name, FormattableString value) => Console.WriteLine($"{name,-26}{value.ToString(CultureInfo.InvariantCulture)}");
}
