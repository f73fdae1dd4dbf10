namespace DiTask.Model.Data;

/// <summary>A sample at the size of the network, all tasks present.</summary>
/// <param name="Id">Name within the data set.</param>
/// <param name="Image">Normalised picture [3, S, S].</param>
/// <param name="Labels">By wire name: [c, S, S], c = 3 for normals and 1 otherwise; all <see cref="LabelMap.Void"/> where the sample has no label.</param>
public sealed record Example(string Id, float[] Image, IReadOnlyDictionary<string, float[]> Labels);
