using System.Net;
using System.Text.Json;
using DiTask.Api.Models;
using DiTask.Api.Tests.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Predict;

/// <summary>A device that has too little memory, and one that is gone.</summary>
public sealed class DeviceFailureTests : IAsyncDisposable
{
    private const string OutOfMemory = "CUDA failure 2: out of memory ; GPU=0 ; hostname=/secret/place";
    private const string IllegalAddress = "CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; hostname=/secret/place";

    private readonly FakeTimeProvider time = new();
    private readonly ServiceFactory factory;

    public DeviceFailureTests() =>
        factory = new ServiceFactory(("Batching:Sizes", "1,2,4"), ("Batching:MemoryCooldown", "00:01:00")) { Time = time };

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_BatchDoesNotFit_AnswersEachAloneAndRunsSmallerBatchesForAWhile()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Failure = rows => rows > 2 ? new InvalidOperationException(OutOfMemory) : null;

        JsonElement alone = await (await client.PostAsync("/predict?tasks=depth", Four())).JsonAsync();
        JsonElement smaller = await (await client.PostAsync("/predict?tasks=depth", Four())).JsonAsync();
        factory.Model.Failure = _ => null;
        time.Advance(TimeSpan.FromMinutes(1));
        JsonElement full = await (await client.PostAsync("/predict?tasks=depth", Four())).JsonAsync();

        Assert.Equal([1, 2, 4], ((JsonElement[])[alone, smaller, full]).Select(answer => answer.GetProperty("batch").GetProperty("images").GetInt32()));
        Assert.All([alone, smaller, full], answer => Assert.Equal(
            [1.0, 2, 3, 4], Enumerable.Range(0, 4).Select(image => Math.Round(answer.Map(image, "depth").GetProperty("min").GetDouble(), 4))));
    }

    [Fact]
    [ReachesError("out_of_memory")]
    public async Task Predict_ImageDoesNotFitAlone_Is503WithRetryAfterAndTheServiceLives()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Failure = _ => new InvalidOperationException(OutOfMemory);

        HttpResponseMessage refused = await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(1)));

        JsonElement problem = await refused.ProblemAsync(503, "out_of_memory");
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        Assert.NotNull(refused.Headers.RetryAfter);
        await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync();
        factory.Model.Failure = _ => null;
        await (await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(1)))).JsonAsync();
    }

    [Fact]
    public async Task Predict_ManagedMemoryIsOver_IsTheSame()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Failure = _ => new InsufficientMemoryException();

        await (await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(503, "out_of_memory");
    }

    [Fact]
    [ReachesError("device_lost")]
    public async Task Predict_DeviceIsLost_EveryRequestIs503AndTheProcessIsNotLive()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        int before = factory.Model.Runs;
        factory.Model.Failure = _ => new InvalidOperationException(IllegalAddress);

        HttpResponseMessage first = await client.PostAsync("/predict?tasks=depth", Four());

        await first.ProblemAsync(503, "device_lost");
        Assert.NotNull(first.Headers.RetryAfter);
        Assert.Equal(before + 1, factory.Model.Runs); // None of the four is tried alone.
        await (await client.PostAsync("/predict?tasks=depth", Four())).ProblemAsync(503, "device_lost");
        Assert.Equal(before + 1, factory.Model.Runs);
        foreach (string probe in (string[])["/livez", "/readyz"])
        {
            JsonElement health = await (await client.GetAsync(new Uri(probe, UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Equal((false, false, "device_lost"), (health.GetProperty("live").GetBoolean(), health.GetProperty("ready").GetBoolean(), health.GetProperty("state").GetString()));
        }

        Assert.Equal(ModelState.DeviceLost, factory.Services.GetRequiredService<ModelHost>().State);
        Assert.Contains("ditask_rejected_total{reason=\"model_failed\"} 2\n", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    private static MultipartFormDataContent Four() => Pictures.Form(
        ("a", Pictures.Gray(10)), ("b", Pictures.Gray(20)), ("c", Pictures.Gray(30)), ("d", Pictures.Gray(40)));
}
