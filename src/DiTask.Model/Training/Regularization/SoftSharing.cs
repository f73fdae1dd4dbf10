using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Regularization;

/// <summary>Soft parameter sharing: tasks have parameters of their own that are pulled together.</summary>
/// <remarks><b>Source:</b> Duong et al. 2015; Yang and Hospedales 2017.</remarks>
/// <param name="strength">mu; 1e-3 to 1e-1 is usual.</param>
internal sealed class SoftSharing(double strength = 1e-2)
{
    /// <summary>mu/2 times the sum of |theta_i - theta_j|^2 over all pairs.</summary>
    /// <param name="perTask">One tensor per task, all of one shape.</param>
    public Tensor Pairwise(IReadOnlyList<Tensor> perTask)
    {
        using DisposeScope scope = NewDisposeScope();
        IEnumerable<Tensor> terms = perTask.SelectMany((first, i) => perTask.Skip(i + 1).Select(second => (first - second).square().sum()));
        return scope.MoveToOuter(Half(terms, perTask));
    }

    /// <summary>mu/2 times the sum of |theta_i - mean|^2: the pairwise form divided by the number of tasks.</summary>
    /// <param name="perTask">One tensor per task, all of one shape.</param>
    public Tensor ToMean(IReadOnlyList<Tensor> perTask)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(To(stack(perTask).mean([0]), perTask));
    }

    /// <summary>mu/2 times the sum of |theta_i - centre|^2; the joint theta of an adapter is such a centre.</summary>
    /// <param name="centre">Of the shape of each task's tensor.</param>
    /// <param name="perTask">One tensor per task.</param>
    public Tensor To(Tensor centre, IReadOnlyList<Tensor> perTask)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(Half(perTask.Select(own => (own - centre).square().sum()), perTask));
    }

    private Tensor Half(IEnumerable<Tensor> terms, IReadOnlyList<Tensor> perTask) =>
        terms.Aggregate(zeros([], perTask[0].dtype, perTask[0].device), (sum, term) => sum + term) * (strength / 2);
}
