namespace DiTask.Model.Training.Balancing;

/// <summary>
/// The task-relation objective: sum of l_i + beta sum over i &lt; j of R_ij l_i l_j, where l_i = lambda_i L_i. Its gradient weighs task i by
/// 1 + beta sum_j R_ij l_j.
/// </summary>
/// <remarks>A negative R can turn that weight negative, which would train the task to fail; it stops at <c>floor</c>.</remarks>
internal sealed class TaskRelationRule : WeightRule
{
    private readonly double[][] relations;
    private readonly double strength;
    private readonly double floor;

    /// <param name="tasks">Number of tasks.</param>
    /// <param name="relations">R; symmetric, its diagonal is not read.</param>
    /// <param name="strength">beta.</param>
    /// <param name="floor">The least factor of a task.</param>
    /// <exception cref="ArgumentException">R is missing, not tasks x tasks, not symmetric, or not within [-1, 1].</exception>
    public TaskRelationRule(int tasks, IReadOnlyList<IReadOnlyList<double>>? relations, double strength, double floor)
    {
        if (relations is null || relations.Count != tasks || relations.Any(row => row.Count != tasks))
        {
            string found = relations is null ? "none" : $"rows of {string.Join(", ", relations.Select(row => row.Count))}";
            throw new ArgumentException($"Expected a {tasks}x{tasks} matrix of task relations; found {found}.", nameof(relations));
        }

        for (int i = 0; i < tasks; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!(relations[i][j] == relations[j][i] && Math.Abs(relations[i][j]) <= 1))
                {
                    throw new ArgumentException(
                        $"Expected equal task relations within [-1, 1] at ({i}, {j}) and ({j}, {i}); found {relations[i][j]} and {relations[j][i]}.",
                        nameof(relations));
                }
            }
        }

        this.relations = [.. relations.Select(row => row.ToArray())];
        this.strength = strength;
        this.floor = floor;
    }

    public override double[] Factors(double[] losses, long step) =>
        [.. losses.Select((_, i) => Math.Max(floor, 1 + (strength * Interaction(losses, i))))];

    /// <summary>The objective itself, for the log: it is what the factors are the gradient of while no factor is at the floor.</summary>
    public double Objective(double[] losses) =>
        losses.Sum() + (strength / 2 * losses.Select((loss, i) => loss * Interaction(losses, i)).Sum());

    private double Interaction(double[] losses, int task) =>
        losses.Select((loss, j) => j == task ? 0 : relations[task][j] * loss).Sum();
}
