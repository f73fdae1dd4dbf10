namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>The tasks' gradients in one stage, or in all of the shared parameters.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Parameters">Shared parameters P.</param>
/// <param name="Batches">Batches seen.</param>
/// <param name="Noise">1/sqrt(P): the cosine that random vectors have.</param>
/// <param name="Pairs">Every pair of tasks.</param>
internal sealed record GroupRelations(string Group, long Parameters, int Batches, double Noise, IReadOnlyList<PairRelation> Pairs)
{
    /// <summary>Twice the noise: a cosine closer to 0 says nothing.</summary>
    public double Threshold => 2 * Noise;

    /// <summary>Mean cosine of two tasks; 1 of a task and itself.</summary>
    public double Cosine(string first, string second) => first == second ? 1 : Pairs.First(pair => IsOf(pair, first, second)).Cosine;

    /// <summary>Whether the mean cosine of a pair is a conflict and no noise.</summary>
    public bool IsConflict(PairRelation pair) => pair.Cosine < -Threshold;

    private static bool IsOf(PairRelation pair, string first, string second) =>
        (pair.First == first && pair.Second == second) || (pair.First == second && pair.Second == first);
}
