namespace DiTask.Model.Diagnosis.Costs;

/// <summary>One part of the trunk.</summary>
/// <param name="Name">stem, stage 0 to stage 3.</param>
/// <param name="Parameters">Its numbers.</param>
/// <param name="GigaMacs">Multiply-adds per picture, in 10^9.</param>
internal sealed record StageCost(string Name, long Parameters, double GigaMacs);
