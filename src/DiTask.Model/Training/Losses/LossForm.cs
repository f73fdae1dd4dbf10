namespace DiTask.Model.Training.Losses;

/// <summary>What a loss does where the label is not known.</summary>
internal enum LossForm
{
    /// <summary>Unknown pixels do not count, and a batch of which nothing is known costs 0.</summary>
    Default,

    /// <summary>
    /// As the authors' code: unknown pixels of saliency and edges count as positive, and where nothing is known segmentation, parts and depth are NaN.
    /// </summary>
    Reference,
}
