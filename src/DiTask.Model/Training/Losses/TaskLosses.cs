using DiTask.Model.Tasks;

namespace DiTask.Model.Training.Losses;

/// <summary>The loss of each task and its weight in the authors' sum.</summary>
/// <remarks><b>Source:</b> reference specification 7.</remarks>
internal static class TaskLosses
{
    private const double EdgePositiveWeight = 0.95;

    /// <summary>The loss of <paramref name="task"/>.</summary>
    /// <exception cref="ArgumentException">The task is unknown.</exception>
    public static ITaskLoss Of(string task, LossForm form) => task switch
    {
        _ when TaskCatalog.HasClasses(task) => new ClassLoss(form),
        "sal" => new BalancedBinaryLoss(positiveWeight: null, form),
        "edge" => new BalancedBinaryLoss(EdgePositiveWeight, form),
        "normals" => new NormalsLoss(),
        "depth" => new DepthLoss(form),
        _ => throw Unknown(task),
    };

    /// <summary>The weight of <paramref name="task"/> in the sum that the authors and the works before them minimise; 1 for an attribute, which they have none of.</summary>
    /// <exception cref="ArgumentException">The task is unknown.</exception>
    public static double ReferenceWeight(string task) => task switch
    {
        "semseg" or "depth" => 1,
        "human_parts" => 2,
        "sal" => 5,
        "normals" => 10,
        "edge" => 50,
        _ when TaskCatalog.IsAttribute(task) => 1,
        _ => throw Unknown(task),
    };

    private static ArgumentException Unknown(string task) =>
        new($"Unknown task '{task}'; known are {string.Join(", ", TaskCatalog.Names)}.", nameof(task));
}
