using System.IO.Compression;
using System.Net;
using System.Text.Json;
using DiTask.Api.Problems;
using DiTask.Api.Tests.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Tests;

/// <summary>Reading answers in tests.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"Expected {expected}, got {(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static readonly string[] ProblemMembers = ["type", "title", "status", "detail", "code", "error", "retryable", "requestId"];

    /// <summary>A problem document that has every member, each as the catalogue has it, and that gives away nothing of the machine.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"Expected {status} {code}, got {(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal("/problems/" + code.Replace('_', '-'), problem.GetProperty("type").GetString());
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("error").GetString());
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), problem.GetProperty("requestId").GetString());
        ErrorKind kind = Enum.GetValues<ErrorCode>().Select(ErrorCatalogue.Describe).Single(kind => kind.Code == code);
        Assert.Equal(ProblemMembers, problem.Names().Take(ProblemMembers.Length));
        Assert.Equal((kind.Title, kind.Retryable), (problem.GetProperty("title").GetString(), problem.GetProperty("retryable").GetBoolean()));
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(kind.Retryable && status is 429 or 503, response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        AssertTellsNothing(text);
        ReachesErrorAttribute.Note(code);
        return problem;
    }

    /// <summary>No stack trace, no name of an exception, no path.</summary>
    public static void AssertTellsNothing(string text)
    {
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<![\w.])/(secret|home|root|tmp|usr|var|work|etc|opt|app)/", text);
    }

    public static JsonElement Map(this JsonElement answer, int image, string task) => answer.GetProperty("images")[image].GetProperty("maps").GetProperty(task);

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    /// <summary>A request that says what it accepts.</summary>
    public static HttpRequestMessage Request(string address, string accept, HttpContent content)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    public static byte[] Read(ZipArchive zip, string path)
    {
        using Stream entry = zip.GetEntry(path)!.Open();
        using MemoryStream bytes = new();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Parts of a multipart answer: Content-ID, type, bytes.</summary>
    public static async Task<List<(string Id, string? Type, byte[] Bytes)>> PartsAsync(HttpResponseMessage response)
    {
        MediaTypeHeaderValue type = MediaTypeHeaderValue.Parse(response.Content.Headers.ContentType!.ToString());
        Assert.Equal("multipart/mixed", type.MediaType.ToString());
        MultipartReader reader = new(type.Boundary.ToString(), await response.Content.ReadAsStreamAsync());
        List<(string, string?, byte[])> parts = [];
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using MemoryStream bytes = new();
            await section.Body.CopyToAsync(bytes);
            Assert.Equal(section.Headers!["Content-Length"].ToString(), bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            parts.Add((section.Headers!["Content-ID"].ToString(), section.ContentType, bytes.ToArray()));
        }

        return parts;
    }
}
