namespace DiTask.Api.Batching;

/// <summary>What an item gets back.</summary>
/// <param name="Output">Its output.</param>
/// <param name="BatchItems">Items of the run that made it.</param>
/// <param name="BatchCallers">Callers whose items were in that run.</param>
/// <param name="Padding">Rows of that run that nobody asked for.</param>
/// <param name="QueueTime">From the queue's entry to the run's start.</param>
/// <param name="RunTime">The run, and the failed run before it if there was one.</param>
internal sealed record BatchAnswer<TOutput>(TOutput Output, int BatchItems, int BatchCallers, int Padding, TimeSpan QueueTime, TimeSpan RunTime);
