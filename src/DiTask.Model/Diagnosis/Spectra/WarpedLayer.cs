namespace DiTask.Model.Diagnosis.Spectra;

/// <summary>One adapted weight: its singular values, and what each stream makes of them.</summary>
/// <param name="Layer">Key below the backbone.</param>
/// <param name="Stage">Index of the stage.</param>
/// <param name="Sigma">Frozen singular values of each stacked block, at most <see cref="WarpedSpectra.MostPoints"/> of them.</param>
/// <param name="Streams">The shared stream, and those of tasks with a theta of their own.</param>
internal sealed record WarpedLayer(string Layer, int Stage, IReadOnlyList<IReadOnlyList<double>> Sigma, IReadOnlyList<WarpedStream> Streams);
