namespace DiTask.Model.Diagnosis.Costs;

/// <summary>What one task costs on top of the trunk: the network with it less the network without.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="TailGigaMacs">Its own projections and MLPs in the stages' last blocks, with the merging behind them.</param>
/// <param name="HeadGigaMacs">Its downsamplers and head.</param>
/// <param name="Parameters">Of downsamplers and head.</param>
/// <param name="CopiedParameters">Weights that folding makes for it of its thetas.</param>
internal sealed record TaskCost(string Task, double TailGigaMacs, double HeadGigaMacs, long Parameters, long CopiedParameters)
{
    /// <summary>Multiply-adds, in 10^9.</summary>
    public double GigaMacs => TailGigaMacs + HeadGigaMacs;
}
