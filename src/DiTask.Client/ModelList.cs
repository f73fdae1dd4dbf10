namespace DiTask.Client;

internal sealed record ModelList(IReadOnlyList<ModelDescription> Models);
