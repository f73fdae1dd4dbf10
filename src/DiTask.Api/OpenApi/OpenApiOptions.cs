namespace DiTask.Api.OpenApi;

/// <summary>The contract. Section <c>OpenApi</c>.</summary>
internal sealed class OpenApiOptions
{
    public const string Section = "OpenApi";

    /// <summary>Whether there are <c>/openapi/v1.json</c> and <c>/swagger</c>. Default true.</summary>
    public bool Enabled { get; set; } = true;
}
