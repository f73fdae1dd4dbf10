using DiTask.Model.Evaluation;

namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>Train one task a little: what becomes of the scores of the others?</summary>
internal static class InterferenceMatrix
{
    /// <summary>Gains in percent of the score before; row is the task that was trained, positive is better whichever way the score points.</summary>
    /// <param name="tasks">Wire names.</param>
    /// <param name="before">The scores at the checkpoint.</param>
    /// <param name="start">The checkpoint's values, to which the parameters return.</param>
    /// <param name="train">Trains one task, by index.</param>
    /// <param name="score">Measures all tasks.</param>
    public static TaskMatrix Measure(
        IReadOnlyList<string> tasks, IReadOnlyList<MetricValue> before, ParameterSnapshot start, Action<int> train, Func<IReadOnlyList<MetricValue>> score)
    {
        List<IReadOnlyList<double>> rows = [];
        for (int task = 0; task < tasks.Count; task++)
        {
            try
            {
                train(task);
                IReadOnlyList<MetricValue> after = score();
                rows.Add([.. after.Zip(before, (now, then) => Gain(now.Value, then))]);
            }
            finally
            {
                start.Restore();
            }
        }

        return new TaskMatrix(tasks, rows);
    }

    // A score that was 0 has no percentage.
    private static double Gain(double value, MetricValue before) =>
        value == before.Value ? 0 : before.Value == 0 ? double.NaN : DeltaM.Gain(value, before.Value, before.HigherIsBetter);
}
