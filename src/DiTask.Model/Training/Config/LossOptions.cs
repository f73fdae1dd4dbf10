using DiTask.Model.Training.Losses;

namespace DiTask.Model.Training.Config;

/// <summary>The tasks' losses.</summary>
public sealed record LossOptions
{
    /// <summary><c>default</c>, or <c>reference</c> with the quirks of the authors' formulas on void pixels. Default default.</summary>
    public string Form { get; init; } = "default";

    /// <summary>The form as the losses know it.</summary>
    internal LossForm LossForm => Form == "reference" ? LossForm.Reference : LossForm.Default;

    /// <summary>Weight of each task; one that is not named has the authors' weight.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();
}
