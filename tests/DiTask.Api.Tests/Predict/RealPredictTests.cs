using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Api.Tests.Predict;

/// <summary>The bundled model behind a real port: real pictures in, the maps that the model's own code gives out.</summary>
public sealed class RealPredictTests(RealService service) : IClassFixture<RealService>
{
    /// <summary>PNG16 keeps 1/65535 of a map's range, and a batch may change the last bits of a float.</summary>
    private const double DepthTolerance = 1e-4;

    private static readonly string[] AllTasks = ["semseg", "normals", "sal", "depth"];

    [Theory]
    [InlineData("photo.jpg", "image/jpeg")]
    [InlineData("photo.png", "image/png")]
    [InlineData("photo.webp", "image/webp")]
    [InlineData("bmp-24.bmp", "image/bmp")]
    [InlineData("jpeg-cmyk.jpg", "image/jpeg")]
    [InlineData("png-rgb16.png", "image/png")]
    [InlineData("webp-animated.webp", "image/webp")]
    public async Task Predict_RealPicture_GivesTheModelsOwnDepth(string file, string mediaType)
    {
        byte[] picture = Picture(file);
        float[] expected = DepthOf(picture);

        JsonElement answer = await (await service.Client.PostAsync("/predict?tasks=depth&maps=f32", Pictures.Raw(picture, "application/octet-stream"))).JsonAsync();

        Assert.Equal(mediaType, answer.GetProperty("images")[0].GetProperty("source").GetProperty("mediaType").GetString());
        Assert.Contains("ntrained", answer.GetProperty("model").GetProperty("notice").GetString(), StringComparison.Ordinal);
        float[] depth = Floats(answer.Map(0, "depth").GetProperty("data").GetBytesFromBase64());
        Assert.Equal(expected.Length, depth.Length);
        Assert.All(expected.Zip(depth), pair => Assert.Equal(pair.First, pair.Second, DepthTolerance));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Predict_ExifOrientation_MapsAreOfTheUprightPicture(int orientation)
    {
        byte[] picture = Picture($"jpeg-orientation{orientation}.jpg");

        JsonElement answer = await (await service.Client.PostAsync("/predict?tasks=depth&size=source&overlay=0", Pictures.Raw(picture, "image/jpeg"))).JsonAsync();

        JsonElement source = answer.GetProperty("images")[0].GetProperty("source");
        Assert.Equal(orientation, source.GetProperty("orientation").GetInt32());
        Assert.Equal((24, 16), (source.GetProperty("width").GetInt32(), source.GetProperty("height").GetInt32()));

        // An overlay without colours is the photo itself: red, green, blue above yellow, cyan, gray.
        using RgbImage upright = ImageDecoder.Decode(answer.Map(0, "depth").GetProperty("overlay").GetProperty("data").GetBytesFromBase64(), new DecodeLimits());
        AssertColor((200, 30, 30), upright, 4, 4);
        AssertColor((40, 220, 220), upright, 12, 12);
    }

    [Fact]
    public async Task Predict_AllTasksOfThreePictures_AnswersEveryMapAtTheSizeAskedFor()
    {
        using MultipartFormDataContent form = Pictures
            .Form(("photo.jpg", Picture("photo.jpg")), ("photo.png", Picture("photo.png")), ("photo.webp", Picture("photo.webp")))
            .With("size", "120x90");

        JsonElement answer = await (await service.Client.PostAsync("/predict", form)).JsonAsync();

        for (int image = 0; image < 3; image++)
        {
            Assert.Equal(AllTasks.Order(), answer.GetProperty("images")[image].GetProperty("maps").Names().Order());
            foreach (string task in AllTasks)
            {
                ImageHeader header = ImageDecoder.Identify(answer.Map(image, task).GetProperty("data").GetBytesFromBase64());
                Assert.Equal((120, 90), (header.Width, header.Height));
            }
        }

        Assert.InRange(answer.GetProperty("batch").GetProperty("images").GetInt32(), 2, 3); // One run or two, as the warm-up measured.
    }

    [Fact]
    public async Task Predict_PngAndJson_HoldTheSameMap()
    {
        byte[] picture = Picture("photo.jpg");
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=semseg") { Content = Pictures.Raw(picture, "image/jpeg") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/png"));

        HttpResponseMessage bare = await service.Client.SendAsync(request);
        JsonElement json = await (await service.Client.PostAsync("/predict?tasks=semseg", Pictures.Raw(picture, "image/jpeg"))).JsonAsync();

        Assert.Equal(HttpStatusCode.OK, bare.StatusCode);
        Assert.Equal("kind=labels, dtype=uint8", bare.Headers.GetValues("X-Map").Single());
        Assert.Equal(json.Map(0, "semseg").GetProperty("data").GetBytesFromBase64(), await bare.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Predict_FiftyAtOnce_EachGetsWhatItGetsAlone()
    {
        byte[][] pictures = [Picture("photo.jpg"), Picture("jpeg-baseline.jpg"), Picture("png-rgb8.png"), Picture("webp-lossy.webp"), Picture("bmp-24.bmp")];
        float[][] expected = [.. pictures.Select(DepthOf)];

        // In rounds that the default queue holds: what is under test is whose answer is whose.
        for (int round = 0; round < 2; round++)
        {
            Task<HttpResponseMessage>[] requests =
                [.. Enumerable.Range(0, 25).Select(i => service.Client.PostAsync("/predict?tasks=depth&maps=f32", Pictures.Raw(pictures[i % 5], "image/jpeg")))];
            for (int i = 0; i < requests.Length; i++)
            {
                float[] depth = Floats((await (await requests[i]).JsonAsync()).Map(0, "depth").GetProperty("data").GetBytesFromBase64());
                Assert.All(expected[i % 5].Zip(depth), pair => Assert.Equal(pair.First, pair.Second, DepthTolerance));
            }
        }
    }

    [Fact]
    public async Task Predict_ChunkedBodyBeyondTheLimit_Is413()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict") { Content = Pictures.Raw(new byte[4_000_001]) };
        request.Headers.TransferEncodingChunked = true;

        HttpResponseMessage response = await service.Client.SendAsync(request);

        await response.ProblemAsync(413, "body_too_large");
    }

    [Fact]
    public async Task Predict_BodyLargerThanDeclared_IsRefusedWithoutReadingIt()
    {
        using Socket socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 999999999\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"));

        string answer = await ReadToEndAsync(socket);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("found 999999999", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /predict HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 415")]
    public async Task Port_OddRequests_AreAnswered(string request, string expected)
    {
        using Socket socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));

        Assert.StartsWith(expected, await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_TruncatedJpegs_AreUndecodableAtEveryLength()
    {
        byte[] picture = Picture("jpeg-baseline.jpg");

        for (int length = 3; length < picture.Length - 2; length += 16)
        {
            HttpResponseMessage response = await service.Client.PostAsync("/predict", Pictures.Raw(picture[..length], "image/jpeg"));
            Assert.True((int)response.StatusCode is 415 or 422, $"{length} of {picture.Length} bytes: {(int)response.StatusCode}");
        }
    }

    private static void AssertColor((int Red, int Green, int Blue) expected, RgbImage image, int x, int y)
    {
        const int JpegTolerance = 12;
        Span<byte> pixel = image.Row(y).Slice(3 * x, 3);
        Assert.InRange(pixel[0], expected.Red - JpegTolerance, expected.Red + JpegTolerance);
        Assert.InRange(pixel[1], expected.Green - JpegTolerance, expected.Green + JpegTolerance);
        Assert.InRange(pixel[2], expected.Blue - JpegTolerance, expected.Blue + JpegTolerance);
    }

    private static byte[] Picture(string file) => File.ReadAllBytes(Fixture.Path("images", file));

    private static float[] Floats(byte[] bytes) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    /// <summary>The depth map that the library gives without the service, alone in its batch.</summary>
    private static float[] DepthOf(byte[] picture)
    {
        using MultiTaskSession session = MultiTaskSession.Open(ModelFolder.Open(Path.Combine(Fixture.Repository, "models", "ditask-micro")));
        InputSpec input = session.Manifest.Input;
        Preprocessing preprocessing = new(input.Size, input.Mean, input.Std);
        float[] slot = new float[preprocessing.SlotLength];
        using RgbImage image = ImageDecoder.Decode(picture, new DecodeLimits());
        preprocessing.Fill(image, slot);
        TaskLogits logits = session.Run(slot, 1, new Dictionary<string, IReadOnlyList<int>> { ["depth"] = [0] })["depth"];
        TaskSpec task = session.Manifest.Tasks.Single(spec => spec.Info.Name == "depth");
        return new TaskDecoder(task.Info, logits.Values, logits.Height, logits.Width, input.Size, input.Size).ReadValues();
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using NetworkStream stream = new(socket);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private async Task<Socket> ConnectAsync()
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        return socket;
    }
}
