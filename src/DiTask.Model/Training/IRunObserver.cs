namespace DiTask.Model.Training;

/// <summary>Is told what a run does: the log files, the terminal, tests.</summary>
public interface IRunObserver
{
    /// <summary>Something worth a line.</summary>
    void Notice(string text);

    /// <summary>The parameters were changed.</summary>
    void Stepped(StepReport report);

    /// <summary>The network was evaluated.</summary>
    void Validated(ValidationReport report);
}
