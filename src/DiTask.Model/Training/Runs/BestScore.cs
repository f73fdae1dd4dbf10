namespace DiTask.Model.Training.Runs;

/// <summary>The best evaluation so far, and how many have passed since.</summary>
/// <param name="minDelta">What counts as an improvement.</param>
/// <param name="patience">Evaluations without one after which the run stops; null for any number.</param>
internal sealed class BestScore(double minDelta, int? patience)
{
    /// <summary>The best score, larger is better; null before the first.</summary>
    public double? Score { get; private set; }

    /// <summary>Epoch of the best score.</summary>
    public int Epoch { get; private set; }

    /// <summary>Evaluations since.</summary>
    public int Waited { get; private set; }

    /// <summary>Whether the run should stop.</summary>
    public bool IsOver => Waited >= patience;

    /// <summary>Takes in a score; true when it is the best by more than the least improvement; one that is not a number never is.</summary>
    public bool Offer(double score, int epoch)
    {
        if (double.IsNaN(score) || (Score is { } best && !(score > best + minDelta)))
        {
            Waited++;
            return false;
        }

        Restore(score, epoch, 0);
        return true;
    }

    /// <summary>Takes back a saved state.</summary>
    public void Restore(double? score, int epoch, int waited) => (Score, Epoch, Waited) = (score, epoch, waited);
}
