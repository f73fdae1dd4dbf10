namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>What one batch says of the tasks' gradients.</summary>
/// <param name="Products">Group by group: the inner products of the tasks' gradients, [K, K].</param>
/// <param name="Participation">Group by group: (sum g^2)^2 / sum g^4 of each task, the number of elements that carry its gradient.</param>
/// <param name="OwnNorms">Norm of each task's gradient in the decoder that is its own.</param>
/// <param name="Losses">Raw losses.</param>
internal sealed record GradientSample(
    IReadOnlyList<double[,]> Products, IReadOnlyList<double[]> Participation, IReadOnlyList<double> OwnNorms, IReadOnlyList<double> Losses);
