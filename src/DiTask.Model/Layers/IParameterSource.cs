namespace DiTask.Model.Layers;

/// <summary>
/// Where a network takes its parameters from, by checkpoint key. Folding gives plain weights; training and verification
/// give weights that still hang on their adapters.
/// </summary>
internal interface IParameterSource<T>
{
    /// <summary>Whether <paramref name="key"/> exists.</summary>
    bool Has(string key);

    /// <summary>The parameter <paramref name="key"/>, whose shape must be <paramref name="shape"/>.</summary>
    T Get(string key, params int[] shape);

    /// <summary>The linear layer <paramref name="key"/> as the stream of <paramref name="task"/> sees it; null is the shared stream.</summary>
    ILinear<T> Linear(string key, int inFeatures, int outFeatures, string? task);
}
