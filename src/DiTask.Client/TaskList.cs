namespace DiTask.Client;

internal sealed record TaskList(IReadOnlyList<TaskDescription> Tasks);
