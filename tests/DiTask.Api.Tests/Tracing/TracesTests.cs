using System.Diagnostics;
using System.Net;
using DiTask.Api.Tracing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace DiTask.Api.Tests.Tracing;

/// <summary>Not beside other tests of traces: one that listens makes every service of the process record.</summary>
[Collection("Tracing")]
public sealed class TracesTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_TwoImagesTwoTasks_IsOneTraceUnderTheCallers()
    {
        using TraceRecorder recorder = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        (string header, ActivityTraceId trace, _) = TraceRecorder.NewParent();
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict")
        {
            Content = Pictures.Form(("a", Pictures.Gray(50)), ("b", Pictures.Gray(60))).With("tasks", "depth,semseg"),
            Headers = { { "traceparent", header } },
        };

        await client.SendAsync(request);

        Activity predict = Assert.Single(await recorder.WaitAsync(1, activity => activity.TraceId == trace && activity.OperationName == "predict"));
        Activity[] parts = [.. (await recorder.WaitAsync(11, activity => activity.TraceId == trace)).Except([predict])];
        Assert.Equal(
            ["decode", "decode", "encode", "encode", "encode", "encode", "preprocess", "preprocess", "queue", "queue"],
            parts.Select(part => part.OperationName).Order());
        Assert.All(parts, part => Assert.Equal(predict.SpanId, part.ParentSpanId));
        Assert.All(parts, part => Assert.InRange(part.StartTimeUtc, predict.StartTimeUtc.AddSeconds(-1), predict.StartTimeUtc + predict.Duration));
        Assert.Equal(["a", "b"], parts.Where(part => part.OperationName == "decode").Select(part => part.GetTagItem("ditask.image")).Order());
        Assert.Equal((2, "depth+semseg"), (predict.GetTagItem("ditask.images"), predict.GetTagItem("ditask.tasks")));
    }

    [Fact]
    public async Task Predict_TwoRequestsInOneRun_TheBatchIsATraceOfItsOwnLinkedToBoth()
    {
        using TraceRecorder recorder = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        var parents = Enumerable.Range(0, 2).Select(_ => TraceRecorder.NewParent()).ToArray();
        Task<HttpResponseMessage>[] waiting = [.. parents.Select(parent => client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/predict?tasks=depth")
        {
            Content = Pictures.Raw(Pictures.Gray(60)),
            Headers = { { "traceparent", parent.Header } },
        }))];
        await factory.WaitForQueueAsync(2);

        factory.Model.Gate.Set();
        await Task.WhenAll([running, .. waiting]);

        Activity batch = Assert.Single(await recorder.WaitAsync(
            1, activity => activity.OperationName == "batch" && activity.Links.Any(link => link.Context.TraceId == parents[0].Trace)));
        Activity[] requests = await recorder.WaitAsync(
            2, activity => activity.OperationName == "predict" && parents.Any(parent => parent.Trace == activity.TraceId));
        Assert.Equal(default, batch.ParentSpanId);
        Assert.DoesNotContain(parents, parent => parent.Trace == batch.TraceId);
        Assert.Equal(
            requests.Select(request => request.SpanId.ToHexString()).Order(), batch.Links.Select(link => link.Context.SpanId.ToHexString()).Order());
        Assert.Equal(2, batch.GetTagItem("ditask.images"));
    }

    [Theory]
    [InlineData("/predict", "image_undecodable")]
    [InlineData("/v2/models/fake/infer", "image_undecodable")]
    [InlineData("/v2/models/other/infer", "unknown_model")]
    public async Task Post_WithAnError_TheActivityHasItsCode(string address, string code)
    {
        using TraceRecorder recorder = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        (string header, ActivityTraceId trace, _) = TraceRecorder.NewParent();
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = Pictures.Raw([0xFF, 0xD8, 0xFF, 0xE0, 1, 2]), Headers = { { "traceparent", header } } };
        request.Content.Headers.Add("Inference-Header-Content-Length", "0");

        await client.SendAsync(request);

        Activity predict = Assert.Single(await recorder.WaitAsync(1, activity => activity.TraceId == trace && activity.OperationName == "predict"));
        Assert.Equal((ActivityStatusCode.Error, code), (predict.Status, predict.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Infer_OnePicture_HasTheSameParts()
    {
        using TraceRecorder recorder = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        (string header, ActivityTraceId trace, _) = TraceRecorder.NewParent();
        using HttpRequestMessage request = new(HttpMethod.Post, "/v2/models/fake/infer") { Content = new ByteArrayContent(Pictures.Gray(50)), Headers = { { "traceparent", header } } };
        request.Content.Headers.Add("Inference-Header-Content-Length", "0");

        HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Activity[] found = await recorder.WaitAsync(8, activity => activity.TraceId == trace);
        Assert.Equal(
            ["decode", "postprocess", "postprocess", "postprocess", "postprocess", "predict", "preprocess", "queue"],
            found.Select(activity => activity.OperationName).Order());
    }

    [Fact]
    public async Task Service_WithoutAnEndpoint_HasNoExporter()
    {
        await factory.CreateReadyClientAsync();

        Assert.Null(factory.Services.GetService<TracerProvider>());
    }

    [Fact]
    public void StartRoot_NoRecordedMember_IsNothing()
    {
        using TraceRecorder recorder = new();
        ActivityContext unrecorded = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);

        Assert.Null(Traces.StartRoot("batch", [unrecorded, default]));
    }
}
