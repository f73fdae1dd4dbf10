namespace DiTask.Api.Models;

/// <summary>Opens the model that <paramref name="options"/> name.</summary>
internal delegate ServedModel OpenModel(ModelsOptions options);
