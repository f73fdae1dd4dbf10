namespace DiTask.Api.Batching;

/// <summary>The next run.</summary>
/// <param name="Count">Items that it takes.</param>
/// <param name="Size">Rows that it has: an allowed size, at least <paramref name="Count"/>.</param>
internal readonly record struct BatchPlan(int Count, int Size);
