using DiTask.Api.Tests;
using DiTask.Tests;

namespace DiTask.Client.Tests;

/// <summary>The client against the service with the bundled model, through a real port.</summary>
public sealed class ServiceTests(RealService service) : IClassFixture<RealService>, IDisposable
{
    private const int ModelSide = 64;

    private readonly DiTaskClient client = new(service.Client);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Predict_SeveralImagesAndTasks_ReturnsTypedMaps()
    {
        Prediction answer = await client.PredictAsync([Photo("photo.jpg"), Photo("photo.png")], ["semseg", "depth"]);

        Assert.Equal("ditask-micro", answer.Model.Name);
        Assert.StartsWith("Untrained", answer.Model.Notice, StringComparison.Ordinal);
        Assert.Equal(["photo.jpg", "photo.png"], answer.Images.Select(image => image.Id));
        Assert.True(answer.Batch.Images >= 1 && answer.Timing.TotalMs > 0);
        foreach (ImagePrediction image in answer.Images)
        {
            Assert.Null(image.Error);
            Assert.Equal(["depth", "semseg"], image.Maps.Keys.Order());
            Assert.Equal((MapKind.Labels, 1, ModelSide), (image.Maps["semseg"].Kind, image.Maps["semseg"].Channels, image.Maps["semseg"].Width));
            Assert.Equal((MapKind.Scalar, "m"), (image.Maps["depth"].Kind, image.Maps["depth"].Unit));
        }
    }

    [Fact]
    public async Task ReadLabels_LabelMap_HasTheFractionsOfTheAnswer()
    {
        TaskMap map = (await client.PredictAsync([Photo("photo.jpg")], ["semseg"])).Images[0].Maps["semseg"];

        byte[] labels = map.ReadLabels();

        Assert.Equal(ModelSide * ModelSide, labels.Length);
        foreach (TaskClass item in map.Classes)
        {
            Assert.Equal(item.Fraction!.Value, labels.Count(label => label == item.Value) / (double)labels.Length, 6);
        }
    }

    [Theory]
    [InlineData("png", 1e-4)]
    [InlineData("npy", 1e-6)]
    [InlineData("f32", 1e-6)]
    [InlineData("f16", 1e-2)]
    public async Task ReadValues_EveryForm_HasTheExtremesOfTheAnswer(string form, double tolerance)
    {
        TaskMap map = (await client.PredictAsync([Photo("photo.jpg")], ["depth"], new PredictOptions { Maps = form, Size = "96x48" })).Images[0].Maps["depth"];

        float[] values = map.ReadValues();

        Assert.Equal((96, 48, 96 * 48), (map.Width, map.Height, values.Length));
        Assert.Equal(map.Min!.Value, values.Min(), tolerance);
        Assert.Equal(map.Max!.Value, values.Max(), tolerance);
        Assert.Equal(map.Mean!.Value, values.Average(), tolerance);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public async Task ReadValues_Normals_AreInterleavedAndAsInPlainNumbers(int bits)
    {
        Prediction png = await client.PredictAsync([Photo("photo.jpg")], ["normals"], new PredictOptions { NormalsBits = bits });
        Prediction plain = await client.PredictAsync([Photo("photo.jpg")], ["normals"], new PredictOptions { Maps = "f32" });

        float[] found = png.Images[0].Maps["normals"].ReadValues();
        float[] expected = plain.Images[0].Maps["normals"].ReadValues();

        Assert.Equal(3 * ModelSide * ModelSide, found.Length);
        double step = 2.0 / ((1 << bits) - 1);
        Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, step));
        Assert.Equal(1, (expected[0] * expected[0]) + (expected[1] * expected[1]) + (expected[2] * expected[2]), 1e-4);
    }

    [Fact]
    public async Task Predict_EveryOption_ReachesTheService()
    {
        PredictOptions options = new()
        {
            Size = "source", Maps = "png", DepthBits = 8, NormalsBits = 16, Overlay = 0.5, Scores = true, Stats = false, Strict = true,
            Timeout = TimeSpan.FromSeconds(60),
        };

        ImagePrediction image = (await client.PredictAsync([Photo("photo.jpg")], ["semseg", "depth"], options)).Images[0];

        TaskMap semseg = image.Maps["semseg"];
        Assert.Equal((image.Source!.Width, image.Source.Height), (semseg.Width, semseg.Height));
        Assert.Equal("uint8", image.Maps["depth"].DType);
        Assert.Null(image.Maps["depth"].Mean);
        Assert.All(semseg.Scores!.ReadValues(), score => Assert.InRange(score, 0, 1));
        Assert.Equal(semseg.Width, semseg.Overlay!.Width);
        Assert.True(semseg.Overlay.Data.Span.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47]));
    }

    [Fact]
    public async Task Predict_MapsNone_HasStatisticsAndNoData()
    {
        TaskMap map = (await client.PredictAsync([Photo("photo.jpg")], ["depth"], new PredictOptions { Maps = "none" })).Images[0].Maps["depth"];

        Assert.NotNull(map.Mean);
        Assert.True(map.Data.IsEmpty);
        Assert.Throws<InvalidOperationException>(map.ReadValues);
        Assert.Throws<InvalidOperationException>(map.ReadLabels);
    }

    [Fact]
    public async Task PredictPng_OneMap_EqualsTheMapOfTheJson()
    {
        TaskMap json = (await client.PredictAsync([Photo("photo.jpg")], ["depth"])).Images[0].Maps["depth"];

        TaskMap png = await client.PredictPngAsync(Photo("photo.jpg"), "depth");

        Assert.Equal((json.Width, json.Height, json.Channels), (png.Width, png.Height, png.Channels));
        Assert.Equal((json.Kind, json.DType, json.Scale, json.Offset, json.Unit), (png.Kind, png.DType, png.Scale, png.Offset, png.Unit));
        Assert.Equal(json.ReadValues(), png.ReadValues());
    }

    [Fact]
    public async Task Predict_OneBadImage_IsInTheAnswer()
    {
        Prediction answer = await client.PredictAsync([Photo("photo.jpg"), ImageSource.FromBytes("no image"u8.ToArray(), "notes.txt")], ["depth"]);

        Assert.Equal(["depth"], answer.Images[0].Maps.Keys);
        Assert.Empty(answer.Images[1].Maps);
        Assert.Equal((415, "unsupported_image_format"), (answer.Images[1].Error!.Status, answer.Images[1].Error!.Code));
    }

    [Fact]
    public async Task Predict_SeveralMistakes_ThrowsWithAllOfThem()
    {
        DiTaskException error = await Assert.ThrowsAsync<DiTaskException>(
            () => client.PredictAsync([Photo("photo.jpg")], ["dept"], new PredictOptions { Size = "huge" }));

        Assert.Equal(400, error.Status);
        Assert.False(error.Retryable);
        Assert.False(string.IsNullOrEmpty(error.RequestId));
        Assert.Equal(["bad_option", "unknown_task"], error.Errors.Select(problem => problem.Code).Order());
        Assert.All(error.Errors, problem => Assert.StartsWith("/", problem.Place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Predict_StreamThatCannotSeek_IsSentAndStaysOpen()
    {
        await using FileStream file = File.OpenRead(Fixture.Path("images", "photo.jpg"));
        await using ForwardOnlyStream stream = new(file);

        Prediction answer = await client.PredictAsync([ImageSource.FromStream(stream, "forward.jpg")], ["depth"]);

        Assert.Equal("forward.jpg", answer.Images[0].Id);
        Assert.True(file.CanRead);
    }

    [Fact]
    public async Task Predict_Cancelled_Throws()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PredictAsync([Photo("photo.jpg")], cancellation: cancelled.Token));
    }

    [Fact]
    public async Task GetTasks_BundledModel_AreThoseOfThePrediction()
    {
        IReadOnlyList<TaskDescription> tasks = await client.GetTasksAsync();

        Prediction all = await client.PredictAsync([Photo("photo.jpg")], options: new PredictOptions { Maps = "none" });
        Assert.Equal(all.Images[0].Maps.Keys.Order(), tasks.Select(task => task.Name).Order());
        Assert.Equal("background", tasks.Single(task => task.Name == "semseg").Classes![0].Name);
        Assert.Equal("m", tasks.Single(task => task.Name == "depth").Unit);
    }

    [Fact]
    public async Task GetModels_BundledModel_SaysWhatItReads()
    {
        ModelDescription model = Assert.Single(await client.GetModelsAsync());

        Assert.Equal(("ditask-micro", "ready", ModelSide), (model.Name, model.State, model.Input!.Size));
        Assert.Equal([0.485f, 0.456f, 0.406f], model.Input!.Mean);
        Assert.Contains("depth", model.Tasks);
    }

    [Fact]
    public async Task Probes_RunningService_AreTrue()
    {
        Assert.True(await client.IsReadyAsync());
        Assert.True(await client.IsLiveAsync());
    }

    private static ImageSource Photo(string name) => ImageSource.FromBytes(File.ReadAllBytes(Fixture.Path("images", name)), name);
}
