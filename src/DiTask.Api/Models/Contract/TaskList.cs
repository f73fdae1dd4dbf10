namespace DiTask.Api.Models.Contract;

/// <summary>Answer of <c>GET /tasks</c>.</summary>
/// <param name="Tasks">In the model's order.</param>
internal sealed record TaskList(IReadOnlyList<TaskAnswer> Tasks);
