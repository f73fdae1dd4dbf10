using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DiTask.Model.Vision;

namespace DiTask.Client;

/// <summary>What answers say beside their JSON: errors, and the header of a bare PNG.</summary>
internal static class AnswerReader
{
    private const string MapHeader = "X-Map";
    private const string RequestIdHeader = "X-Request-Id";

    /// <summary>The error that an answer is.</summary>
    public static async Task<DiTaskException> ReadErrorAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation)
    {
        ProblemDocument? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            try
            {
                problem = JsonSerializer.Deserialize(body, ClientJson.Default.ProblemDocument);
            }
            catch (JsonException)
            {
                // The status still says what happened; an error about an error would hide it.
            }
        }

        problem ??= new ProblemDocument(response.ReasonPhrase, null, null, false, null, null);
        return new DiTaskException((int)response.StatusCode, problem, Header(response.Headers, RequestIdHeader), RetryAfter(response.Headers, time));
    }

    /// <summary>The map that a bare PNG is; <c>X-Map</c> says <c>kind=scalar, dtype=uint16, scale=0.00012, offset=0.35, unit=m</c>.</summary>
    /// <exception cref="InvalidDataException">The header is missing or not of that form, or the body is no PNG.</exception>
    public static TaskMap ReadPng(HttpResponseMessage response, byte[] body)
    {
        string header = Header(response.Headers, MapHeader) ?? throw new InvalidDataException($"The answer has no header {MapHeader}.");
        Dictionary<string, string> fields = header.Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!fields.TryGetValue("kind", out string? kindName) || !Enum.TryParse(kindName, ignoreCase: true, out MapKind kind)
            || !fields.TryGetValue("dtype", out string? dtype))
        {
            throw new InvalidDataException($"Expected {MapHeader} with kind and dtype; found '{header}'.");
        }

        PngHeader png = PngReader.ReadHeader(body);
        return new TaskMap
        {
            Kind = kind,
            DType = dtype,
            Channels = png.Channels,
            Width = png.Width,
            Height = png.Height,
            MediaType = "image/png",
            Data = body,
            Scale = Number(fields, "scale"),
            Offset = Number(fields, "offset"),
            Unit = fields.GetValueOrDefault("unit"),
            Frame = fields.GetValueOrDefault("frame"),
        };
    }

    private static double? Number(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
