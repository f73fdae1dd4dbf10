using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DiTask.Api.Problems;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>
/// Sends cases made from consecutive seeds to a service and collects every answer that is not documented. A case depends on its seed alone:
/// <c>DITASK_FUZZ_SEED</c> repeats one.
/// </summary>
internal sealed class FuzzCampaign(HttpClient client, Func<Random, FuzzCase> make)
{
    private const string SeedVariable = "DITASK_FUZZ_SEED";
    private const int Parallel = 4;
    private const int MostReported = 10;

    private static readonly Dictionary<string, ErrorKind> Kinds = Enum.GetValues<ErrorCode>().Select(ErrorCatalogue.Describe).ToDictionary(kind => kind.Code);

    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentDictionary<string, int> outcomes = new();

    /// <summary>How often each status or code was answered, in order of their names.</summary>
    public string Outcomes => string.Join(", ", outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>Runs the seeds from <paramref name="first"/> on.</summary>
    public async Task RunAsync(int first, int count)
    {
        string? only = Environment.GetEnvironmentVariable(SeedVariable);
        IEnumerable<int> seeds = only is null ? Enumerable.Range(first, count) : [int.Parse(only, CultureInfo.InvariantCulture)];
        await System.Threading.Tasks.Parallel.ForEachAsync(
            seeds, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (seed, cancellation) => await RunOneAsync(seed, cancellation));
        Assert.True(failures.IsEmpty, $"{failures.Count} of {count} cases; repeat one with {SeedVariable}=SEED.\n{string.Join('\n', failures.Take(MostReported))}");
    }

    private async Task RunOneAsync(int seed, CancellationToken cancellation)
    {
        FuzzCase made = make(new Random(seed));
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, made.Address) { Content = new ByteArrayContent(made.Body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", made.ContentType);
            foreach ((string name, string value) in made.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                {
                    request.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using HttpResponseMessage response = await client.SendAsync(request, cancellation);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (Complaint(made, (int)response.StatusCode, response.Content.Headers.ContentType, body) is { } complaint)
            {
                failures.Enqueue($"seed {seed}: {complaint}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            failures.Enqueue($"seed {seed}: no answer: {exception.Message}");
        }
    }

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    private string? Complaint(FuzzCase made, int status, MediaTypeHeaderValue? type, byte[] body)
    {
        if (!made.Expected.Contains(status))
        {
            return $"{status}, expected {string.Join(", ", made.Expected)}: {Encoding.UTF8.GetString(body)[..Math.Min(body.Length, 300)]}";
        }

        if (status == 200)
        {
            outcomes.AddOrUpdate("200", 1, (_, count) => count + 1);
            return null;
        }

        if (type?.MediaType != "application/problem+json")
        {
            return $"{status} as {type}";
        }

        JsonElement problem = JsonDocument.Parse(body).RootElement;
        string code = problem.GetProperty("code").GetString()!;
        outcomes.AddOrUpdate(code, 1, (_, count) => count + 1);
        Answers.AssertTellsNothing(problem.GetProperty("title").GetString()!);
        return Kinds.ContainsKey(code) && problem.GetProperty("status").GetInt32() == status && problem.GetProperty("error").GetString()!.Length > 0
            ? null
            : $"{status} with {Encoding.UTF8.GetString(body)}";
    }
}
