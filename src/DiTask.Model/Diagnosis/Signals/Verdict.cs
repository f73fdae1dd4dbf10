namespace DiTask.Model.Diagnosis.Signals;

/// <summary>What the four signals amount to.</summary>
/// <param name="Advice">keep, adapters or split: what the signals that are there call for.</param>
/// <param name="Present">Signals that are there.</param>
/// <param name="Unknown">Signals that could not be judged.</param>
/// <param name="Headline">The advice in a few words.</param>
/// <param name="Text">The advice in plain words.</param>
internal sealed record Verdict(string Advice, int Present, int Unknown, string Headline, string Text)
{
    /// <summary>Keep sharing.</summary>
    public const string Keep = "keep";

    /// <summary>Give the tasks more of their own inside the shared backbone.</summary>
    public const string Adapters = "adapters";

    /// <summary>Split the backbone.</summary>
    public const string Split = "split";

    /// <summary>0 or 1 signals: keep sharing; 2: per-task adapters; 3 or 4: split.</summary>
    public static Verdict Of(IReadOnlyList<Signal> signals)
    {
        int present = signals.Count(signal => signal.State == SignalState.Present);
        int unknown = signals.Count(signal => signal.State == SignalState.Unknown);
        string advice = AdviceFor(present);
        (string headline, string text) = advice switch
        {
            Keep => ("Keep sharing", "Nothing seen here asks for another architecture."),
            Adapters => ("Give the tasks adapters of their own", "Train with adapter.scope: both, or raise adapter.task_cells; the backbone can stay shared."),
            _ => ("Split the backbone", "Run the two configurations below, shared and separate, and compare: a smoother loss, at least one task above its old ceiling, and what each costs to serve."),
        };
        string worst = AdviceFor(present + unknown);
        string open = unknown == 0 ? "" : worst == advice
            ? $" {Count(unknown)} could not be judged, which would not change this."
            : $" {Count(unknown)} could not be judged; if all of these were there, the advice would be '{worst}'.";
        return new Verdict(advice, present, unknown, headline, $"{present} of {signals.Count} signals {(present == 1 ? "is" : "are")} there. {text}{open}");
    }

    private static string AdviceFor(int signals) => signals <= 1 ? Keep : signals == 2 ? Adapters : Split;

    private static string Count(int signals) => signals == 1 ? "1 signal" : $"{signals} signals";
}
