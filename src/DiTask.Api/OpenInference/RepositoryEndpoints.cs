using System.Text.Json;
using System.Text.Json.Nodes;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>The protocol's control of the model repository: what is there, load, unload.</summary>
internal sealed class RepositoryEndpoints(ModelHost host, ModelCatalog catalog, ModelRepository repository, IHostApplicationLifetime lifetime)
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxJsonDepth = 8;

    public async Task<IResult> GetIndexAsync(HttpRequest request, CancellationToken cancellation)
    {
        bool isReadyOnly = false;
        await ReadAsync(request, root => isReadyOnly = root.TryGetProperty("ready", out JsonElement ready) && ready.ValueKind == JsonValueKind.True, cancellation).ConfigureAwait(false);
        return Index(entry => !isReadyOnly || entry.State == ModelState.Ready);
    }

    public async Task<IResult> LoadAsync(HttpRequest request, string model, CancellationToken cancellation)
    {
        await ReadAsync(request, RequireNoOverride, cancellation).ConfigureAwait(false);

        // Not the caller's token: who stops waiting does not leave a model half loaded.
        await host.LoadAsync(model, lifetime.ApplicationStopping).ConfigureAwait(false);
        return Index(entry => entry.Name == model);
    }

    public async Task<IResult> UnloadAsync(HttpRequest request, string model, CancellationToken cancellation)
    {
        await ReadAsync(request, _ => { }, cancellation).ConfigureAwait(false);
        host.Unload(model);
        return Index(entry => entry.Name == model);
    }

    /// <summary>Reads a body that may be absent.</summary>
    private static async Task ReadAsync(HttpRequest request, Action<JsonElement> read, CancellationToken cancellation)
    {
        using LimitedStream body = new(request.Body, MaxBodyBytes, "bytes under /v2/repository");
        using RentedBytes bytes = await RentedBytes.ReadAsync(body, MaxBodyBytes, cancellation).ConfigureAwait(false);
        if (bytes.TotalBytes > 0)
        {
            StrictJson.Read("the body", bytes.Memory, MaxJsonDepth, read);
        }
    }

    /// <summary>Models come from the service's own folder, as they are.</summary>
    private static void RequireNoOverride(JsonElement root)
    {
        if (root.TryGetProperty("parameters", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name == "config" || name.StartsWith("file:", StringComparison.Ordinal)) is { } given)
        {
            throw new RequestErrorException(new(ErrorCode.UnsupportedProtocolFeature, $"Parameter '{NearestName.Short(given)}' is not supported: a model is loaded as it lies in the repository."));
        }
    }

    private IResult Index(Func<(string Name, string Version, ModelState? State, string? Reason), bool> isWanted)
    {
        (string Name, string Version, ModelState? State, string? Reason)[] known =
            [.. catalog.All.SelectMany(model => model.Versions.Select(version => (model.Name, version.Version, (ModelState?)host.StateOf(version), version.Reason)))];
        var others = repository.Scan()
            .Where(source => source.Name is not null && source.Version is not null && !known.Any(entry => (entry.Name, entry.Version) == (source.Name, source.Version)))
            .Select(source => (Name: source.Name!, Version: source.Version!, (ModelState?)null, (string?)"not loaded"));
        JsonArray rows = [.. known.Concat(others).Where(isWanted)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Version, VersionOrder.Instance).Select(Describe)];
        return Results.Text(rows.ToJsonString(), "application/json");
    }

    private static JsonNode Describe((string Name, string Version, ModelState? State, string? Reason) entry) => new JsonObject
    {
        ["name"] = entry.Name,
        ["version"] = entry.Version,
        ["state"] = entry.State switch
        {
            ModelState.Ready => "READY",
            ModelState.Loading or ModelState.Warming => "LOADING",
            _ => "UNAVAILABLE",
        },
        ["reason"] = entry.Reason ?? "",
    };
}
