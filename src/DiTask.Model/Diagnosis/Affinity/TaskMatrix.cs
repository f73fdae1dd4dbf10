namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>What each task does to each: row acts on column.</summary>
/// <param name="Tasks">Wire names of rows and columns.</param>
/// <param name="Rows">Values by row.</param>
internal sealed record TaskMatrix(IReadOnlyList<string> Tasks, IReadOnlyList<IReadOnlyList<double>> Rows)
{
    /// <summary>What the row's task does to the column's.</summary>
    public double this[int row, int column] => Rows[row][column];

    /// <summary>The mean of several measurements.</summary>
    public static TaskMatrix Mean(IReadOnlyList<string> tasks, IReadOnlyList<double[,]> samples) => new(
        tasks, [.. tasks.Select((_, i) => (IReadOnlyList<double>)[.. tasks.Select((_, j) => samples.Average(sample => sample[i, j]))])]);
}
