namespace DiTask.Api.Predict;

/// <summary>An option as the request spells it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Pointer">Where it was found: <c>/query/size</c>, <c>/form/size</c>, <c>/options/size</c>.</param>
internal sealed record OptionValue(string Name, string Value, string Pointer);
