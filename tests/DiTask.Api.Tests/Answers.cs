using System.IO.Compression;
using System.Net;
using System.Text.Json;
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

    /// <summary>A problem document whose members agree with each other and with the status.</summary>
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
        Assert.Equal(status is 429 or 503 && response.Headers.RetryAfter is not null, response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/secret", text, StringComparison.Ordinal);
        return problem;
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
