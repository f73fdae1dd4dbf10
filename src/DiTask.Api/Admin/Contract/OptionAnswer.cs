using System.Text.Json.Nodes;

namespace DiTask.Api.Admin.Contract;

/// <summary>An option in force.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Value">Its value; asterisks in place of a secret.</param>
/// <param name="Default">Its value when nothing is set.</param>
/// <param name="Source">What set it: <c>default</c>, <c>environment</c>, <c>command line</c>, a file, or <c>host</c>.</param>
/// <param name="EnvironmentVariable">Its name in the environment.</param>
/// <param name="Effect">What it does, and where it applies.</param>
internal sealed record OptionAnswer(string Name, JsonNode? Value, JsonNode? Default, string Source, string EnvironmentVariable, string Effect);
