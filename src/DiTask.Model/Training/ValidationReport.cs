using DiTask.Model.Evaluation;

namespace DiTask.Model.Training;

/// <summary>What an evaluation gave.</summary>
/// <param name="Epoch">Passes done.</param>
/// <param name="Step">Batches done in the run.</param>
/// <param name="Losses">Mean raw loss of each task.</param>
/// <param name="Scores">Metrics of each task.</param>
/// <param name="Score">What the best epoch is chosen by, larger is better: Delta-m in percent, or the weighted loss with its sign turned.</param>
/// <param name="IsBest">Whether it is the best so far.</param>
public sealed record ValidationReport(int Epoch, long Step, IReadOnlyDictionary<string, double> Losses, IReadOnlyList<TaskScores> Scores, double Score, bool IsBest);
