using System.Net;
using DiTask.Api.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.Api.Tests.Metrics;

public sealed class MetricsEndpointTests : IAsyncDisposable
{
    private static readonly Uri Address = new("/metrics", UriKind.Relative);

    private readonly ServiceFactory factory = new(("Batching:QueueCapacity", "8"), ("Batching:Sizes", "1,2,4,8"), ("Limits:MaxImageBytes", "20000"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Metrics_BeforeAnyRequest_HasEverySeriesOfCountersAtZero()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.GetAsync(Address);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Exposition metrics = new(await response.Content.ReadAsStringAsync());
        Assert.All(
            (string[])
            [
                .. ((int[])[200, 400, 401, 403, 406, 408, 413, 415, 422, 429, 499, 500, 503, 504]).Select(code => $"ditask_http_requests_total{{endpoint=\"/predict\",code=\"{code}\"}}"),
                "ditask_http_requests_in_flight{endpoint=\"/predict\"}",
                "ditask_http_requests_total{endpoint=\"/readyz\",code=\"503\"}",
                "ditask_http_requests_total{endpoint=\"other\",code=\"404\"}",
                "ditask_queue_images{model=\"fake\"}",
                "ditask_queue_left_images_total{model=\"fake\"}",
                "ditask_queue_expired_images_total{model=\"fake\"}",
                .. ((string[])["ok", "failed", "cancelled"]).Select(result => $"ditask_batches_total{{model=\"fake\",result=\"{result}\"}}"),
                .. ((string[])["ok", "failed"]).Select(result => $"ditask_model_reloads_total{{model=\"fake\",result=\"{result}\"}}"),
                .. ((string[])["ok", "failed", "dropped"]).Select(result => $"ditask_images_total{{model=\"fake\",result=\"{result}\"}}"),
                "ditask_lane_busy_seconds_total{model=\"fake\",device=\"cpu\"}",
                .. ((string[])["semseg", "normals", "depth", "sal"]).Select(task => $"ditask_task_maps_total{{model=\"fake\",task=\"{task}\"}}"),
                .. ((string[])["queue_full", "deadline", "memory", "loading", "draining", "model_failed", "auth", "limit"]).Select(reason => $"ditask_rejected_total{{reason=\"{reason}\"}}"),
                .. ((string[])["read", "decode", "run", "encode", "other"]).Select(stage => $"ditask_cancelled_total{{stage=\"{stage}\"}}"),
                .. ((string[])["image", "multipart", "json", "zip", "binary", "other"]).SelectMany(
                    format => (string[])[$"ditask_request_bytes_total{{format=\"{format}\"}}", $"ditask_response_bytes_total{{format=\"{format}\"}}"]),
            ],
            name => Assert.Equal(0, metrics[name]));
        Assert.Equal(8, metrics["ditask_queue_capacity_images{model=\"fake\"}"]);
        Assert.Equal(1, metrics["ditask_model_info{model=\"fake\",version=\"7\",digest=\"sha256:fake\",provider=\"cpu\",ort=\"9.9\"}"]);
        Assert.Equal(1, metrics["ditask_model_ready{model=\"fake\"}"]);
        Assert.True(metrics["ditask_model_load_seconds{model=\"fake\",phase=\"read\"}"] >= 0);
        Assert.True(metrics["ditask_model_load_seconds{model=\"fake\",phase=\"session\"}"] >= 0);
        Assert.True(metrics["ditask_model_load_seconds{model=\"fake\",phase=\"warmup\"}"] > 0);
    }

    [Fact]
    public async Task Predict_FirstImage_BeginsTheHistogramsWithTheirBuckets()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)));

        Exposition metrics = await ScrapeAsync(client);
        string[] durations = ["0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"];
        Assert.Equal(durations, Bounds("ditask_http_request_duration_seconds_bucket{endpoint=\"/predict\",le="));
        Assert.Equal(durations, Bounds("ditask_stage_duration_seconds_bucket{stage=\"infer\",le="));
        Assert.Equal(["0.0005", .. durations], Bounds("ditask_queue_wait_seconds_bucket{model=\"fake\",priority=\"interactive\",le="));
        Assert.Equal(["1", "2", "4", "8", "16", "32", "+Inf"], Bounds("ditask_batch_images_bucket{model=\"fake\",le="));

        string[] Bounds(string start) =>
            [.. metrics.Names.Where(name => name.StartsWith(start, StringComparison.Ordinal)).Select(name => name[(start.Length + 1)..^2])];
    }

    [Fact]
    public async Task Metrics_OtherServiceInTheProcess_IsNotCounted()
    {
        await using ServiceFactory other = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        HttpClient theirs = await other.CreateReadyClientAsync();

        await theirs.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)));

        Assert.Equal(0, (await ScrapeAsync(client))["ditask_http_requests_total{endpoint=\"/predict\",code=\"200\"}"]);
        Assert.Equal(1, (await ScrapeAsync(theirs))["ditask_http_requests_total{endpoint=\"/predict\",code=\"200\"}"]);
    }

    [Fact]
    public async Task Metrics_ProcessAndRuntime_AreOfThisProcess()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        Exposition metrics = await ScrapeAsync(client);

        Assert.InRange(metrics["process_start_time_seconds"], 1.7e9, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        Assert.True(metrics["process_cpu_seconds_total"] > 0);
        Assert.True(metrics["process_resident_memory_bytes"] > 1e6);
        Assert.True(metrics["process_open_fds"] > 2);
        Assert.True(metrics["dotnet_gc_heap_bytes"] > 1e5);
        Assert.True(metrics["dotnet_gc_collections_total{generation=\"0\"}"] >= metrics["dotnet_gc_collections_total{generation=\"2\"}"]);
        Assert.True(metrics["dotnet_threadpool_threads"] > 0);
    }

    [Fact]
    public async Task Predict_TwoImagesOneBad_MovesEveryStage()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] good = Pictures.Gray(50);
        using MultipartFormDataContent form = Pictures.Form(("a", good), ("b", [1, 2, 3])).With("tasks", "depth,semseg");

        HttpResponseMessage response = await client.PostAsync("/predict", form);

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, metrics["ditask_http_requests_total{endpoint=\"/predict\",code=\"200\"}"]);
        Assert.Equal(1, metrics["ditask_http_request_duration_seconds_count{endpoint=\"/predict\"}"]);
        Assert.Equal(0, metrics["ditask_http_requests_in_flight{endpoint=\"/predict\"}"]);
        Assert.Equal(1, metrics["ditask_http_requests_in_flight{endpoint=\"/metrics\"}"]);
        Assert.All(
            (string[])["read", "decode", "preprocess", "infer", "encode"],
            stage => Assert.Equal(1, metrics[$"ditask_stage_duration_seconds_count{{stage=\"{stage}\"}}"]));
        Assert.Equal(1, metrics["ditask_queue_wait_seconds_count{model=\"fake\",priority=\"interactive\"}"]);
        Assert.Equal(1, metrics["ditask_batch_images_sum{model=\"fake\"}"]);
        Assert.Equal(1, metrics["ditask_batches_total{model=\"fake\",result=\"ok\"}"]);
        Assert.True(metrics["ditask_lane_busy_seconds_total{model=\"fake\",device=\"cpu\"}"] > 0);
        Assert.Equal(1, metrics["ditask_images_total{model=\"fake\",result=\"ok\"}"]);
        Assert.Equal(1, metrics["ditask_images_total{model=\"fake\",result=\"failed\"}"]);
        Assert.Equal(1, metrics["ditask_task_maps_total{model=\"fake\",task=\"depth\"}"]);
        Assert.Equal(0, metrics["ditask_task_maps_total{model=\"fake\",task=\"normals\"}"]);
        Assert.Equal((await form.ReadAsByteArrayAsync()).Length, metrics["ditask_request_bytes_total{format=\"multipart\"}"]);
        Assert.Equal((await response.Content.ReadAsByteArrayAsync()).Length, metrics["ditask_response_bytes_total{format=\"json\"}"]);
    }

    [Fact]
    public async Task Infer_OnePicture_MovesTheSameStages()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using ByteArrayContent body = new(Pictures.Gray(50));
        body.Headers.Add("Inference-Header-Content-Length", "0");

        HttpResponseMessage response = await client.PostAsync("/v2/models/fake/infer", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Exposition metrics = await ScrapeAsync(client);
        Assert.All(
            (string[])["read", "decode", "preprocess", "infer", "postprocess"],
            stage => Assert.Equal(1, metrics[$"ditask_stage_duration_seconds_count{{stage=\"{stage}\"}}"]));
        Assert.DoesNotContain("ditask_stage_duration_seconds_count{stage=\"encode\"}", metrics.Names);
        Assert.Equal(1, metrics["ditask_images_total{model=\"fake\",result=\"ok\"}"]);
    }

    [Fact]
    public async Task ModelReloaded_EachResult_IsCounted()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        PipelineMetrics pipeline = factory.Services.GetRequiredService<PipelineMetrics>();

        pipeline.ModelReloaded("fake", succeeded: true);
        pipeline.ModelReloaded("fake", succeeded: false);
        pipeline.ModelReloaded("fake", succeeded: false);

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(1, metrics["ditask_model_reloads_total{model=\"fake\",result=\"ok\"}"]);
        Assert.Equal(2, metrics["ditask_model_reloads_total{model=\"fake\",result=\"failed\"}"]);
    }

    [Fact]
    public async Task Predict_BareMap_CountsTheBytesOfTheImages()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] photo = Pictures.Gray(50);
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=depth") { Content = Pictures.Raw(photo) };
        request.Headers.Accept.ParseAdd("image/png");

        byte[] map = await (await client.SendAsync(request)).Content.ReadAsByteArrayAsync();

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(photo.Length, metrics["ditask_request_bytes_total{format=\"image\"}"]);
        Assert.Equal(map.Length, metrics["ditask_response_bytes_total{format=\"image\"}"]);
    }

    [Fact]
    public async Task Predict_CompressedAnswer_CountsTheBytesOnTheWire()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=depth&maps=f32") { Content = Pictures.Raw(Pictures.Gray(50)) };
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        HttpResponseMessage response = await client.SendAsync(request);
        byte[] sent = await response.Content.ReadAsByteArrayAsync();

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(sent.Length, metrics["ditask_response_bytes_total{format=\"json\"}"]);
    }

    [Fact]
    public async Task Predict_QueueFull_CountsRefusalsAndWaitingImages()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage>[] waiting = [.. Enumerable.Range(0, 8).Select(_ => client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(60))))];
        await factory.WaitForQueueAsync(8);

        await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(70)))).ProblemAsync(429, "queue_full");

        Exposition busy = await ScrapeAsync(client);
        factory.Model.Gate.Set();
        await Task.WhenAll([running, .. waiting]);
        Exposition idle = await ScrapeAsync(client);
        Assert.Equal(8, busy["ditask_queue_images{model=\"fake\"}"]);
        Assert.Equal(9, busy["ditask_http_requests_in_flight{endpoint=\"/predict\"}"]);
        Assert.Equal(1, busy["ditask_rejected_total{reason=\"queue_full\"}"]);
        Assert.Equal(1, busy["ditask_http_requests_total{endpoint=\"/predict\",code=\"429\"}"]);
        Assert.Equal(0, idle["ditask_queue_images{model=\"fake\"}"]);
        Assert.Equal(9, idle["ditask_batch_images_sum{model=\"fake\"}"]);
        Assert.Equal(2, idle["ditask_batch_images_count{model=\"fake\"}"]);
        Assert.Equal(1, idle["ditask_batch_images_bucket{model=\"fake\",le=\"4\"}"]);
        Assert.Equal(9, idle["ditask_images_total{model=\"fake\",result=\"ok\"}"]);
    }

    [Fact]
    public async Task Predict_ImageTooLarge_IsALimit()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync("/predict", Pictures.Raw(new byte[20001]))).ProblemAsync(413, "image_too_large");

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(1, metrics["ditask_rejected_total{reason=\"limit\"}"]);
        Assert.Equal(1, metrics["ditask_images_total{model=\"fake\",result=\"failed\"}"]);
    }

    [Fact]
    public async Task Predict_ModelFails_CountsTheRun()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(FakeModel.PoisonLevel)));

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(1, metrics["ditask_batches_total{model=\"fake\",result=\"failed\"}"]);
        Assert.Equal(1, metrics["ditask_http_requests_total{endpoint=\"/predict\",code=\"500\"}"]);
        Assert.Equal(0, metrics["ditask_task_maps_total{model=\"fake\",task=\"depth\"}"]);
    }

    [Fact]
    public async Task Predict_CallerLeavesDuringTheRun_IsCancelledInThatStage()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using CancellationTokenSource leave = new();
        factory.Model.Hold();
        Task<HttpResponseMessage> running = client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(100)), leave.Token);
        await factory.Model.Started.WaitAsync();

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Exposition metrics = await ScrapeAsync(client);
        while (metrics["ditask_http_requests_in_flight{endpoint=\"/predict\"}"] > 0)
        {
            metrics = await ScrapeAsync(client);
        }

        Assert.Equal(1, metrics["ditask_cancelled_total{stage=\"run\"}"]);
        Assert.Equal(1, metrics["ditask_http_requests_total{endpoint=\"/predict\",code=\"499\"}"]);
        Assert.Equal(1, metrics["ditask_batches_total{model=\"fake\",result=\"cancelled\"}"]);
        Assert.Equal(1, metrics["ditask_images_total{model=\"fake\",result=\"dropped\"}"]);
    }

    [Fact]
    public async Task Metrics_PathsMadeUpByCallers_AddNoSeries()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        await client.GetAsync(new Uri("/no/such/path", UriKind.Relative));
        await client.GetAsync(new Uri("/models/none", UriKind.Relative));
        await ScrapeAsync(client);
        int before = (await ScrapeAsync(client)).Names.Count();

        await client.GetAsync(new Uri("/some/path", UriKind.Relative));
        await client.GetAsync(new Uri("/models/fake", UriKind.Relative));

        Exposition metrics = await ScrapeAsync(client);
        Assert.Equal(before, metrics.Names.Count());
        Assert.Equal(2, metrics["ditask_http_requests_total{endpoint=\"other\",code=\"404\"}"]);
        Assert.Equal(1, metrics["ditask_http_requests_total{endpoint=\"/models/{name}\",code=\"200\"}"]);
    }

    [Fact]
    public async Task Metrics_ModelFailed_SaysNotReady()
    {
        factory.Model.OpenFailure = new InvalidDataException("no such model");
        HttpClient client = factory.CreateClient();
        await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)))).Content.ReadAsStringAsync();

        Exposition metrics = await ScrapeAsync(client);

        Assert.DoesNotContain("ditask_model_ready{model=\"fake\"}", metrics.Names);
        Assert.Equal(1, metrics["ditask_rejected_total{reason=\"model_failed\"}"] + metrics["ditask_rejected_total{reason=\"loading\"}"]);
    }

    private static async Task<Exposition> ScrapeAsync(HttpClient client) => new(await client.GetStringAsync(Address));
}
