namespace DiTask.Model.Evaluation.Reports;

/// <summary>What it was evaluated on.</summary>
/// <param name="Name">Name and split of the data set.</param>
/// <param name="Images">Pictures evaluated.</param>
/// <param name="Available">Pictures that the split has.</param>
public sealed record ReportDataset(string Name, int Images, int Available);
