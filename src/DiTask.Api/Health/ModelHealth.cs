namespace DiTask.Api.Health;

/// <summary>How a model is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ready">Each of its versions answers requests now.</param>
internal sealed record ModelHealth(string Name, bool Ready);
