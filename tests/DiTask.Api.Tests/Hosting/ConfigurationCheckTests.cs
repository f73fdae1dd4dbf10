using DiTask.Api.Hosting;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using DiTask.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace DiTask.Api.Tests.Hosting;

public class ConfigurationCheckTests
{
    [Theory]
    [InlineData("Limits:MaxImags", "3", "Limits:MaxImags is no option. Did you mean 'Limits:MaxImages'?")]
    [InlineData("limits:maximages", "many", "Limits:MaxImages is 'many'; expected whole number.")]
    [InlineData("Limits:MaxImages", "", "Limits:MaxImages is ''; expected whole number.")]
    [InlineData("Limits:MaxImages", "99999999999", "Limits:MaxImages is '99999999999'; expected whole number.")]
    [InlineData("Limits:MaxImages", "1.5", "Limits:MaxImages is '1.5'; expected whole number.")]
    [InlineData("Limits:MaxBodyBytes", "32 MiB", "Limits:MaxBodyBytes is '32 MiB'; expected whole number (bytes).")]
    [InlineData("Limits:Deadline", "30s", "Limits:Deadline is '30s'; expected time (h:min:s).")]
    [InlineData("Web:Enabled", "yes", "Web:Enabled is 'yes'; expected true or false.")]
    [InlineData("Limits:MaxImages:0", "3", "Limits:MaxImages is one value; found parts of it, such as Limits:MaxImages:0.")]
    [InlineData("Security:PredictKeys", "a-key-of-the-tests", "Security:PredictKeys is a list: set Security:PredictKeys:0 and so on, one item each.")]
    [InlineData("Security:Anything", "a-key-of-the-tests", "Security:Anything is no option.")]
    [InlineData("Limit:MaxImages", "3", "Limit:MaxImages is in no section of the service. Did you mean 'Limits'?")]
    [InlineData("Bathing:MaxBatchSize", "3", "Bathing:MaxBatchSize is in no section of the service. Did you mean 'Batching'?")]
    public void Find_MistakeInTheConfiguration_IsNamed(string key, string value, string expected) =>
        Assert.Equal([expected], ConfigurationCheck.Find(Configuration((key, value))));

    [Theory]
    [InlineData("--port", "--port is no option; expected --urls, or --Feature:Option as docs/options.md lists them.")]
    [InlineData("--Server:Port", "--Server is no option; expected --urls, or --Feature:Option as docs/options.md lists them.")]
    [InlineData("--Limit:MaxImages", "--Limit is no option; expected --urls, or --Feature:Option as docs/options.md lists them. Did you mean 'Limits'?")]
    public void Find_WordOfTheCommandLineThatIsNoOption_IsNamed(string word, string expected) =>
        Assert.Equal([expected], ConfigurationCheck.Find(new ConfigurationBuilder().AddCommandLine([word, "8097"]).Build()));

    [Fact]
    public void Find_CommandLineOfTheHost_IsNoMistake() =>
        Assert.Empty(ConfigurationCheck.Find(new ConfigurationBuilder().AddCommandLine(["--urls", "http://localhost", "--contentRoot=x", "--environment", "Test", "--OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost", "--Limits:MaxImages=3"]).Build()));

    [Fact]
    public void Find_ConfigurationOfOthers_IsNoMistake() => Assert.Empty(ConfigurationCheck.Find(Configuration(
        ("PATH", "/bin"),
        ("Kestrel:Endpoints:Http:Url", "http://localhost"),
        ("urls", "http://localhost"),
        ("AllowedHosts", "*"),
        ("Logging:LogLevel:Default", "Debug"),
        ("Logging:Console:FormatterName", "json"),
        ("Logging:Format", "json"),
        ("LIMITS:MAXIMAGES", "3"),
        ("Web:Samples", ""),
        ("Limits:Deadline", "00:00:10"),
        ("Security:PredictKeys:0", "x"))));

    [Fact]
    public void BuildChecked_NamesTypesAndRanges_AreReportedTogether()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            ["--port", "8097", "--Models:Pth", "x", "--Limits:MaxImages", "few", "--Models:Provider", "tpu", "--Security:PredictKeys:0", "short"]);
        builder.AddHosting();
        builder.Services.AddModels();
        builder.Services.AddPredict();
        builder.Services.AddSecurity();

        Exception exception = Assert.ThrowsAny<Exception>(() => builder.BuildChecked());

        string errors = string.Join('\n', HostingSetup.ConfigurationErrors(exception));
        Assert.Equal(1, errors.Split('\n').Count(line => line.StartsWith("--port is no option", StringComparison.Ordinal)));
        Assert.Contains("Models:Pth is no option. Did you mean 'Models:Path'?", errors, StringComparison.Ordinal);
        Assert.Contains("Limits:MaxImages is 'few'; expected whole number.", errors, StringComparison.Ordinal);
        Assert.Contains("Models:Provider is one of cpu, cuda, coreml, auto.", errors, StringComparison.Ordinal);
        Assert.Contains("Security:PredictKeys:0 has 5 characters; a key has 16 to 256.", errors, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build();
}
