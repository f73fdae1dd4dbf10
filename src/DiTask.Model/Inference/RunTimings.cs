namespace DiTask.Model.Inference;

/// <summary>Where the time of one run went.</summary>
/// <remarks>Each graph is a session of its own that returns when its results are there, so these are measurements on every provider.</remarks>
public sealed class RunTimings
{
    private readonly Dictionary<string, TimeSpan> branches = [];

    /// <summary>The trunk, for all images of the batch.</summary>
    public TimeSpan Trunk { get; private set; }

    /// <summary>By task: its branch, for the rows that asked, with its part of choosing these rows.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Branches => branches;

    /// <summary>Trunk and branches.</summary>
    public TimeSpan Total => branches.Values.Aggregate(Trunk, (sum, next) => sum + next);

    /// <summary>Notes the trunk's time.</summary>
    public void TrunkRan(TimeSpan time) => Trunk = time;

    /// <summary>Notes the time of a task's branch.</summary>
    public void BranchRan(string task, TimeSpan time) => branches[task] = time;
}
