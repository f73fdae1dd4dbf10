using System.Text.RegularExpressions;
using DiTask.Tests;
using YamlDotNet.RepresentationModel;

namespace DiTask.Api.Tests.Deployment;

/// <summary>What is written for Docker and KServe, read as far as that goes without either.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Fixture.Repository, "Dockerfile"));

    private static readonly Dictionary<string, string> Stages = StagePattern().Matches(Dockerfile).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [Fact]
    public void Dockerfile_Targets_AreThere()
    {
        Assert.All((string[])["cpu", "gpu", "fold"], target => Assert.Contains(target, Stages.Keys));
        Assert.Equal("cpu", Stages.Keys.Last());
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gpu")]
    [InlineData("fold")]
    public void Dockerfile_Target_RunsAsNobodyAndTellsNobody(string target)
    {
        string stage = Stages[target];

        Assert.Contains("\nUSER 10001\n", stage, StringComparison.Ordinal);
        Assert.Contains("ORT_DISABLE_TELEMETRY=1", stage, StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"/", stage, StringComparison.Ordinal);
        Assert.DoesNotContain("RUN chown", stage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void Dockerfile_Service_ChecksItself(string target)
    {
        Assert.Contains("CMD [\"/app/DiTask.Api\", \"health\"]", Stages[target], StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_TEMP=/tmp", Stages[target], StringComparison.Ordinal);
        Assert.Contains($"Models__Provider={(target == "gpu" ? "cuda" : "cpu")}", Stages[target], StringComparison.Ordinal);
        Assert.Contains($"RUN docker/layout.sh {target} /image", Stages[$"build-{target}"], StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerfile_EachStageThatIsCopiedFrom_Exists() => Assert.All(
        CopyFrom().Matches(Dockerfile).Select(match => match.Groups[1].Value), name => Assert.Contains(name, Stages.Keys));

    [Fact]
    public void Dockerfile_Bases_HaveAVersion() => Assert.All(
        BaseImage().Matches(Dockerfile).Select(match => match.Groups[1].Value), image => Assert.Matches(@":[\d.]+", image));

    [Theory]
    [InlineData("cpu")]
    [InlineData("fold")]
    public void Dockerfile_OnDebian_InstallsWhatTheRuntimeNeedsAndNothingElse(string target) =>
        Assert.Equal("libstdc++6 libssl3", InstalledPackages().Match(Stages[target]).Groups[1].Value);

    [Fact]
    public void Compose_Profiles_AreCpuGpuFoldAndObserve()
    {
        YamlNode compose = Yaml.Load("docker/compose.yaml");
        var services = ((YamlMappingNode)compose.At("services")).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);

        Assert.Equal(
            new Dictionary<string, string> { ["ditask"] = "cpu", ["ditask-gpu"] = "gpu", ["fold"] = "fold", ["prometheus"] = "observe", ["grafana"] = "observe" },
            services.ToDictionary(pair => pair.Key, pair => pair.Value.Text("profiles", "0")));
        Assert.All(services.Values.Where(service => service.Has("build")), service => Assert.Contains(service.Text("build", "target"), Stages.Keys));
        Assert.All(
            services.Values.Where(service => service.Has("image") && !service.Has("build")), service => Assert.Matches(@":v?\d+\.\d+", service.Text("image")));
    }

    [Fact]
    public void Compose_Service_IsLockedDown()
    {
        YamlNode service = Yaml.Load("docker/compose.yaml").At("x-service");

        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal("ALL", service.Text("cap_drop", "0"));
        Assert.Equal("1", service.Text("environment", "ORT_DISABLE_TELEMETRY"));
        Assert.Equal("/tmp", service.Text("environment", "ASPNETCORE_TEMP"));
        Assert.Equal(["CMD", "/app/DiTask.Api", "health"], service.At("healthcheck", "test").Items().Select(item => ((YamlScalarNode)item).Value!));
        Assert.All(service.At("volumes").Items(), volume => Assert.EndsWith(":ro", ((YamlScalarNode)volume).Value, StringComparison.Ordinal));
    }

    [Fact]
    public void KserveRuntime_Container_IsAsKserveWantsIt()
    {
        YamlNode spec = Yaml.Load("deploy/kserve/serving-runtime.yaml").At("spec");
        YamlNode container = spec.At("containers", "0");

        Assert.Equal("kserve-container", container.Text("name"));
        Assert.Equal(["--Models:Path=/mnt/models", "--Models:Name={{.Name}}"], container.At("args").Items().Select(item => ((YamlScalarNode)item).Value!));
        Assert.Equal("8080", container.Text("ports", "0", "containerPort"));
        Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("1", container.At("env").Variable("ORT_DISABLE_TELEMETRY"));
        Assert.Equal("v2", spec.Text("protocolVersions", "0"));
        Assert.Equal(
            container.At("volumeMounts").Items().Select(mount => mount.Text("name")), spec.At("volumes").Items().Select(volume => volume.Text("name")));
    }

    [Fact]
    public void KserveService_Model_IsOfTheRuntime()
    {
        YamlNode runtime = Yaml.Load("deploy/kserve/serving-runtime.yaml");
        YamlNode service = Yaml.Load(Queries.Kserve);

        Assert.Equal(runtime.Text("metadata", "name"), service.Text("spec", "predictor", "model", "runtime"));
        Assert.Equal(runtime.Text("spec", "supportedModelFormats", "0", "name"), service.Text("spec", "predictor", "model", "modelFormat", "name"));
        Assert.Contains($"model=\"{service.Text("metadata", "name")}\"", Queries.All().Single(item => item.Place == "InferenceService").Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kserve_Probes_AreAddressesOfTheService()
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        YamlNode container = Yaml.Load("deploy/kserve/serving-runtime.yaml").At("spec", "containers", "0");

        foreach (string probe in (string[])["startupProbe", "readinessProbe", "livenessProbe"])
        {
            Assert.True((await client.GetAsync(container.Text(probe, "httpGet", "path"))).IsSuccessStatusCode, probe);
        }
    }

    [GeneratedRegex(@"^FROM \S+ AS (\S+)(\n(?:(?!FROM ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex StagePattern();

    [GeneratedRegex(@"^COPY --from=(\S+)", RegexOptions.Multiline)]
    private static partial Regex CopyFrom();

    [GeneratedRegex(@"^ARG \w+_IMAGE=(\S+)", RegexOptions.Multiline)]
    private static partial Regex BaseImage();

    [GeneratedRegex(@"apt-get install -y --no-install-recommends ([\w+ .-]*\w)")]
    private static partial Regex InstalledPackages();

}
