using DiTask.Api.Health;

namespace DiTask.Api.Tests.Health;

public sealed class HealthProbeTests(RealService service) : IClassFixture<RealService>
{
    [Fact]
    public async Task Run_LiveService_IsZero() =>
        Assert.Equal(0, await HealthProbe.RunAsync([service.Client.BaseAddress!.ToString()]));

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("not an address")]
    public async Task Run_NothingThere_IsOne(string address) => Assert.Equal(1, await HealthProbe.RunAsync([address]));

    [Fact]
    public async Task Run_NotLive_IsOne() => Assert.Equal(1, await HealthProbe.RunAsync([new Uri(service.Client.BaseAddress!, "no/such/place").ToString()]));

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://+:9000", "http://localhost:9000")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:9000;https://+:9001", "http://localhost:9000")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "9000;9001", "http://localhost:9000")]
    [InlineData("OTHER", "", "http://localhost:8080")]
    public void AddressOf_Variables_AreThoseOfTheService(string name, string value, string expected) =>
        Assert.Equal(expected, HealthProbe.AddressOf([], asked => asked == name ? value : null));
}
