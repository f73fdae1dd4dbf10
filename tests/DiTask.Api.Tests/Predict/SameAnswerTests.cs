using System.IO.Compression;
using System.Net;
using System.Text.Json;
using DiTask.Api.Tests.OpenInference;
using DiTask.Model.Tests.Vision;
using DiTask.Tests;

namespace DiTask.Api.Tests.Predict;

/// <summary>The bundled model gives the same maps whatever the form of the answer, the other tasks and the other images.</summary>
public sealed class SameAnswerTests(RealService service) : IClassFixture<RealService>
{
    /// <summary>A batch may change the last bits of a float; the values are metres, probabilities and parts of unit vectors.</summary>
    private const double BatchTolerance = 1e-4;

    private static readonly string[] Tasks = ["semseg", "normals", "sal", "depth"];

    [Theory]
    [InlineData("png")]
    [InlineData("npy")]
    public async Task Predict_EveryContainer_HoldsTheSameBytes(string maps)
    {
        HttpResponseMessage json = await SendAsync($"/predict?maps={maps}&scores=true", "application/json", "photo.jpg", "photo.png");
        HttpResponseMessage zip = await SendAsync($"/predict?maps={maps}&scores=true", "application/zip", "photo.jpg", "photo.png");
        HttpResponseMessage multipart = await SendAsync($"/predict?maps={maps}&scores=true", "multipart/mixed", "photo.jpg", "photo.png");

        JsonElement expected = await json.JsonAsync();
        using ZipArchive archive = new(await zip.Content.ReadAsStreamAsync());
        JsonElement zipManifest = JsonDocument.Parse(Answers.Read(archive, "manifest.json")).RootElement;
        var parts = (await Answers.PartsAsync(multipart)).ToDictionary(part => part.Id, part => part.Bytes);
        JsonElement multipartManifest = JsonDocument.Parse(parts["<manifest@ditask>"]).RootElement;
        for (int image = 0; image < 2; image++)
        {
            foreach (string task in Tasks)
            {
                AssertSame(expected.Map(image, task), zipManifest.Map(image, task), multipartManifest.Map(image, task));
            }

            AssertSame(Scores(expected, image), Scores(zipManifest, image), Scores(multipartManifest, image));
        }

        static JsonElement Scores(JsonElement answer, int image) => answer.Map(image, "semseg").GetProperty("scores");

        void AssertSame(JsonElement inJson, JsonElement inZip, JsonElement inMultipart)
        {
            byte[] bytes = inJson.GetProperty("data").GetBytesFromBase64();
            Assert.Equal(bytes, Answers.Read(archive, inZip.GetProperty("href").GetString()!));
            Assert.Equal(bytes, parts[$"<{inMultipart.GetProperty("cid").GetString()}>"]);
            Assert.Equal(inJson.Names(), inZip.Names().Select(name => name == "href" ? "data" : name));
            Assert.Equal(inJson.GetProperty("dtype").GetString(), inMultipart.GetProperty("dtype").GetString());
        }
    }

    [Theory]
    [InlineData("semseg")]
    [InlineData("normals")]
    [InlineData("sal")]
    [InlineData("depth")]
    public async Task Predict_BareForms_HoldWhatJsonHolds(string task)
    {
        HttpResponseMessage barePng = await SendAsync($"/predict?tasks={task}", "image/png", "photo.jpg");
        HttpResponseMessage bareNpy = await SendAsync($"/predict?tasks={task}", "application/x-npy", "photo.jpg");
        JsonElement png = (await (await SendAsync($"/predict?tasks={task}", "application/json", "photo.jpg")).JsonAsync()).Map(0, task);
        JsonElement npy = (await (await SendAsync($"/predict?tasks={task}&maps=npy", "application/json", "photo.jpg")).JsonAsync()).Map(0, task);

        Assert.Equal(HttpStatusCode.OK, barePng.StatusCode);
        Assert.Equal(png.GetProperty("data").GetBytesFromBase64(), await barePng.Content.ReadAsByteArrayAsync());
        byte[] array = await bareNpy.Content.ReadAsByteArrayAsync();
        Assert.Equal(npy.GetProperty("data").GetBytesFromBase64(), array);

        // PNG rounds to whole samples: half a step, and a hair for the arithmetic.
        double scale = png.TryGetProperty("scale", out JsonElement step) ? step.GetDouble() : 1;
        double offset = png.TryGetProperty("offset", out JsonElement zero) ? zero.GetDouble() : 0;
        double tolerance = task == "semseg" ? 0 : (0.501 * scale) + 1e-6;
        double[] values = Npy.Parse(array).Doubles;
        double[] samples = Samples(png.GetProperty("data").GetBytesFromBase64());
        Assert.Equal(values.Length, samples.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], offset + (scale * samples[i]), tolerance);
        }
    }

    [Fact]
    public async Task Predict_TaskSubsetInAnyOrder_EqualsAllTasks()
    {
        JsonElement all = await (await SendAsync("/predict?maps=npy", "application/json", "photo.jpg")).JsonAsync();
        JsonElement some = await (await SendAsync("/predict?maps=npy&tasks=depth,semseg", "application/json", "photo.jpg")).JsonAsync();
        JsonElement reversed = await (await SendAsync("/predict?maps=npy&tasks=semseg,depth", "application/json", "photo.jpg")).JsonAsync();

        foreach (string task in (string[])["semseg", "depth"])
        {
            AssertClose(Values(all, 0, task), Values(some, 0, task));
            AssertClose(Values(all, 0, task), Values(reversed, 0, task));
        }
    }

    [Theory]
    [InlineData("depth")]
    [InlineData("normals")]
    public async Task Predict_ImageAlone_EqualsItselfInAStackAtEveryPlace(string task)
    {
        string[] files = ["photo.jpg", "photo.webp", "bmp-24.bmp"];
        foreach (string[] order in (string[][])[files, [.. files.Reverse()]])
        {
            HttpResponseMessage stacked = await SendAsync($"/predict?tasks={task}", "application/x-npy", order);
            Npy stack = Npy.Parse(await stacked.Content.ReadAsByteArrayAsync());
            Assert.Equal(order.Length, stack.Shape[0]);
            int each = stack.Singles.Length / order.Length;
            for (int i = 0; i < order.Length; i++)
            {
                HttpResponseMessage alone = await SendAsync($"/predict?tasks={task}", "application/x-npy", order[i]);
                AssertClose(Npy.Parse(await alone.Content.ReadAsByteArrayAsync()).Doubles, stack.Doubles[(i * each)..((i + 1) * each)]);
            }
        }
    }

    [Fact]
    public async Task Predict_JsonRawAndFormBodies_GiveTheSameMap()
    {
        byte[] picture = File.ReadAllBytes(Fixture.Path("images", "photo.jpg"));
        using StringContent json = new(
            $$"""{ "images": [ { "data": "{{Convert.ToBase64String(picture)}}" } ], "tasks": ["depth"], "options": { "maps": "npy" } }""", null, "application/json");

        JsonElement asJson = await (await service.Client.PostAsync("/predict", json)).JsonAsync();
        JsonElement asRaw = await (await service.Client.PostAsync("/predict?tasks=depth&maps=npy", Pictures.Raw(picture, "image/jpeg"))).JsonAsync();
        JsonElement asForm = await (await SendAsync("/predict?tasks=depth&maps=npy", "application/json", "photo.jpg")).JsonAsync();

        byte[] expected = asRaw.Map(0, "depth").GetProperty("data").GetBytesFromBase64();
        Assert.Equal(expected, asJson.Map(0, "depth").GetProperty("data").GetBytesFromBase64());
        Assert.Equal(expected, asForm.Map(0, "depth").GetProperty("data").GetBytesFromBase64());
    }

    [Theory]
    [InlineData("semseg", 1)]
    [InlineData("normals", 3)]
    [InlineData("sal", 1)]
    [InlineData("depth", 1)]
    public async Task Infer_BinaryOutput_HoldsWhatPredictHolds(string task, int channels)
    {
        HttpResponseMessage npy = await SendAsync($"/predict?tasks={task}", "application/x-npy", "photo.jpg");
        double[] expected = Npy.Parse(await npy.Content.ReadAsByteArrayAsync()).Doubles;
        using ByteArrayContent raw = new(File.ReadAllBytes(Fixture.Path("images", "photo.jpg")));
        raw.Headers.Add(InferBodies.LengthHeader, "0");

        (JsonElement json, byte[] tensors) = await InferBodies.ReadAsync(await service.Client.PostAsync("/v2/models/ditask-micro/infer", raw));

        JsonElement[] before = [.. json.GetProperty("outputs").EnumerateArray().TakeWhile(output => output.GetProperty("name").GetString() != task)];
        byte[] bytes = tensors[before.Sum(Size)..];
        int pixels = expected.Length / channels;
        for (int i = 0; i < expected.Length; i++)
        {
            // The protocol has channels outside, the array inside.
            int place = (i % channels * pixels) + (i / channels);
            double actual = task == "semseg" ? bytes[place] : BitConverter.ToSingle(bytes, place * sizeof(float));
            Assert.Equal(expected[i], actual, task == "semseg" ? 0 : BatchTolerance);
        }

        static int Size(JsonElement output) => output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32();
    }

    private static double[] Samples(byte[] png)
    {
        PngProbe probe = PngProbe.Read(png);
        return probe.Bits == 16 ? [.. probe.Words.Select(word => (double)word)] : [.. probe.Samples.Select(sample => (double)sample)];
    }

    private static double[] Values(JsonElement answer, int image, string task) => Npy.Parse(answer.Map(image, task).GetProperty("data").GetBytesFromBase64()).Doubles;

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], BatchTolerance);
        }
    }

    private Task<HttpResponseMessage> SendAsync(string address, string accept, params string[] files) => service.Client.SendAsync(Answers.Request(
        address, accept, Pictures.Form([.. files.Select(file => (file, File.ReadAllBytes(Fixture.Path("images", file))))])));
}
