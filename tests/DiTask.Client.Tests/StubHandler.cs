using System.Net;
using System.Text;

namespace DiTask.Client.Tests;

/// <summary>Answers as a test says, the last answer for ever; keeps what was sent.</summary>
internal sealed class StubHandler(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<(HttpMethod Method, string Path, string? Timeout, string Body)> Requests { get; } = [];

    /// <summary>The Authorization of each.</summary>
    public List<string?> Authorizations { get; } = [];

    public static HttpResponseMessage Problem(HttpStatusCode status, string code, bool retryable) => new(status)
    {
        Content = new StringContent(
            $$"""{ "type": "/problems/x", "title": "Title.", "status": {{(int)status}}, "code": "{{code}}", "detail": "Detail.", "retryable": {{(retryable ? "true" : "false")}}, "requestId": "r1" }""",
            Encoding.UTF8,
            "application/problem+json"),
    };

    public static HttpResponseMessage NoTasks() => new(HttpStatusCode.OK) { Content = new StringContent("""{ "tasks": [] }""", Encoding.UTF8, "application/json") };

    public static HttpResponseMessage NoImages() => new(HttpStatusCode.OK)
    {
        Content = new StringContent(
            """
            { "schema": 1, "id": "a", "model": { "name": "m", "version": "1", "digest": "d", "provider": "cpu" }, "images": [],
              "timing": { "totalMs": 1 }, "batch": { "images": 1, "requests": 1, "padded": 0 } }
            """,
            Encoding.UTF8,
            "application/json"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        string? timeout = request.Headers.TryGetValues("X-Request-Timeout", out IEnumerable<string>? values) ? values.Single() : null;
        Requests.Add((request.Method, request.RequestUri!.PathAndQuery, timeout, body));
        Authorizations.Add(request.Headers.Authorization?.ToString());
        return answers[Math.Min(Requests.Count, answers.Length) - 1]();
    }
}
