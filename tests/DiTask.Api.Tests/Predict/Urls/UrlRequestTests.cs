using System.Net;
using System.Text;
using System.Text.Json;
using DiTask.Api.Models;
using DiTask.Api.Predict.Urls;
using DiTask.Api.Tests.Problems;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiTask.Api.Tests.Predict.Urls;

public sealed class UrlRequestTests(PhotoHost host) : IClassFixture<PhotoHost>
{
    [Fact]
    public async Task Predict_AddressesInJson_AreAnsweredBesideOtherImages()
    {
        await using ServiceFactory service = Service();
        await using WebApplicationFactory<Program> factory = await OnAsync(service);
        HttpClient client = factory.CreateClient();
        string data = Convert.ToBase64String(Pictures.Gray(50));

        using HttpResponseMessage response = await client.PostAsync("/predict", new StringContent(
            $$"""
            { "images": [ { "id": "far", "url": "{{host.At("/photo")}}" }, { "data": "{{data}}" }, { "url": "{{host.At("/not-there")}}" }, { "url": "http://10.0.0.1/" },
                          { "url": "{{host.At("/text")}}" }, { "url": "{{host.At("/empty")}}" } ], "tasks": ["depth"] }
            """,
            Encoding.UTF8,
            "application/json"));

        JsonElement answer = await response.JsonAsync();
        Assert.Equal(["far", "image-1", "image-2", "image-3", "image-4", "image-5"], answer.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString()));
        Assert.Equal([8.0, 5.0], new[] { 0, 1 }.Select(image => answer.Map(image, "depth").GetProperty("offset").GetDouble()));
        Assert.Equal(
            ["url_failed", "url_refused", "unsupported_image_format", "image_empty"],
            answer.GetProperty("images").EnumerateArray().Skip(2).Select(image => image.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Predict_AddressesInAForm_AreAnswered()
    {
        await using ServiceFactory service = Service();
        await using WebApplicationFactory<Program> factory = await OnAsync(service);
        HttpClient client = factory.CreateClient();
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(50)));
        form.Add(new StringContent(host.At("/leads/2")), "url");
        form.Add(new StringContent(""), "url");
        form.Add(new StringContent("depth"), "tasks");

        JsonElement answer = await (await client.PostAsync("/predict", form)).JsonAsync();

        Assert.Equal(["a.png", "image-1"], answer.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString()));
        Assert.Equal(8.0, answer.Map(1, "depth").GetProperty("offset").GetDouble());
    }

    [Fact]
    public async Task Predict_OnlyAddressRefused_IsTheRequestsError()
    {
        await using ServiceFactory service = Service();
        await using WebApplicationFactory<Program> factory = await OnAsync(service);
        using StringContent body = new("""{ "images": [ { "url": "https://169.254.169.254/latest/meta-data" } ] }""", Encoding.UTF8, "application/json");

        await (await factory.CreateClient().PostAsync("/predict", body)).ProblemAsync(422, "url_refused");
    }

    [Fact]
    [ReachesError("url_failed")]
    public async Task Predict_OnlyAddressFails_IsTheRequestsError()
    {
        await using ServiceFactory service = Service();
        await using WebApplicationFactory<Program> factory = await OnAsync(service);
        using StringContent body = new($$"""{ "images": [ { "url": "{{host.At("/not-there")}}" } ] }""", Encoding.UTF8, "application/json");

        await (await factory.CreateClient().PostAsync("/predict", body)).ProblemAsync(422, "url_failed");
    }

    [Fact]
    public async Task Predict_MoreAddressesThanImages_IsRefused()
    {
        await using ServiceFactory service = Service(("Limits:MaxImages", "2"));
        await using WebApplicationFactory<Program> factory = await OnAsync(service);
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(50)));
        form.Add(new StringContent(host.At("/photo")), "url");
        form.Add(new StringContent(host.At("/photo")), "url");

        await (await factory.CreateClient().PostAsync("/predict", form)).ProblemAsync(413, "too_many_images");
    }

    [Fact]
    public async Task Predict_SwitchedOff_RefusesTheForm()
    {
        await using ServiceFactory service = new();
        HttpClient client = await service.CreateReadyClientAsync();
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(50)));
        form.Add(new StringContent("https://photos.test/photo"), "url");

        JsonElement problem = await (await client.PostAsync("/predict", form)).ProblemAsync(422, "url_refused");

        Assert.Contains("ImageUrls:Enabled", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private ServiceFactory Service(params (string Key, string Value)[] settings) =>
        new([("ImageUrls:Enabled", "true"), ("ImageUrls:AllowedHosts:0", $"{PhotoHost.Name}:{host.Port}"), .. settings]);

    private async Task<WebApplicationFactory<Program>> OnAsync(ServiceFactory service)
    {
        WebApplicationFactory<Program> factory = service.WithWebHostBuilder(builder =>
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(host.Network()))));
        ModelHost model = factory.Services.GetRequiredService<ModelHost>();
        await (model.ExecuteTask ?? Task.CompletedTask);
        Assert.Equal(ModelState.Ready, model.State);
        return factory;
    }
}
