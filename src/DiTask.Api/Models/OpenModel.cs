namespace DiTask.Api.Models;

/// <summary>Opens the model of <paramref name="source"/> as <paramref name="options"/> say.</summary>
internal delegate ServedModel OpenModel(ModelSource source, ModelsOptions options);
