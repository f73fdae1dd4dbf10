namespace DiTask.Api.Batching;

/// <summary>Turns a batch of inputs into as many outputs, in order, in a run of <paramref name="size"/> rows. Called by one thread at a time.</summary>
internal delegate IReadOnlyList<TOutput> BatchRunner<TInput, TOutput>(IReadOnlyList<TInput> inputs, int size, CancellationToken cancellation);
