namespace DiTask.Model.Checkpoints;

/// <summary>A named int64 array: the indices and counters that the authors' model keeps beside its weights.</summary>
internal sealed record IntegerTensor(string Name, int[] Shape, long[] Values);
