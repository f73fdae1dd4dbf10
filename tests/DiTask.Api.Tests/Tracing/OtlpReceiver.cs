using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DiTask.Api.Tests.Tracing;

/// <summary>A collector on loopback that takes OTLP over HTTP and reads of it what the tests ask: service names, spans, links.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<OtlpSpan> spans = [];

    private OtlpReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/traces", ReceiveAsync);
    }

    public string Address => app.Urls.Single();

    public IReadOnlyCollection<OtlpSpan> Spans => spans;

    public static async Task<OtlpReceiver> StartAsync()
    {
        OtlpReceiver receiver = new();
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        Assert.Equal("application/x-protobuf", request.ContentType);
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        foreach (ByteString resourceSpans in Fields(ByteString.CopyFrom(body.ToArray()), 1))
        {
            string service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2).Single(), 1)).Single();
            foreach (ByteString span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
            {
                spans.Enqueue(new OtlpSpan(service, Hex(span, 1), Hex(span, 4), Text(span, 5), [.. Fields(span, 13).Select(link => Hex(link, 1))]));
            }
        }

        return Results.Bytes([], "application/x-protobuf");
    }

    /// <summary>Values of a field that is bytes, text or a message.</summary>
    private static List<ByteString> Fields(ByteString message, int number)
    {
        List<ByteString> values = [];
        CodedInputStream input = message.CreateCodedInput();
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                values.Add(input.ReadBytes());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return values;
    }

    private static string Text(ByteString message, int number) => Fields(message, number).Single().ToStringUtf8();

    private static string Hex(ByteString message, int number) => Convert.ToHexStringLower([.. Fields(message, number).SingleOrDefault(ByteString.Empty)]);
}
