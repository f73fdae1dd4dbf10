namespace DiTask.Model.Evaluation;

/// <summary>What a <see cref="LabelPrior"/> knows of a pixel.</summary>
public enum LabelPriorKind
{
    /// <summary>Nothing: every pixel of every picture gets the same answer, the constant predictor.</summary>
    Constant,

    /// <summary>Where it lies: every picture gets the average label of each pixel.</summary>
    Position,
}
