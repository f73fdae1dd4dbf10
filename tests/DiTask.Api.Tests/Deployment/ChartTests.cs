using DiTask.Tests;
using YamlDotNet.RepresentationModel;

namespace DiTask.Api.Tests.Deployment;

public sealed class ChartTests
{
    private static readonly (string, string)[] Labels = [("app.kubernetes.io/name", "ditask"), ("app.kubernetes.io/instance", Chart.Release)];

    [Fact]
    public void Render_Defaults_IsTheServiceAlone() => Assert.Equal(
        ["ConfigMap", "Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service"],
        Chart.Render().Values.Select(document => document.Text("kind")).Order());

    [Fact]
    public void Render_EverythingOn_HasEveryTemplate() => Assert.Equal(
        Directory.GetFiles(Path.Combine(Fixture.Repository, "deploy", "helm", "ditask", "templates"), "*.yaml").Select(Path.GetFileName).Order(),
        Chart.Render(Chart.EverythingOn).Keys.Order());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Render_EachDocument_IsNamedAndSelectsThePods(bool everything)
    {
        foreach ((string name, YamlNode document) in Chart.Render(everything ? Chart.EverythingOn : []))
        {
            Assert.StartsWith(Chart.Release, document.Text("metadata", "name"), StringComparison.Ordinal);
            Assert.NotEqual("", document.Text("apiVersion"));
            YamlNode? selector = !document.Has("spec") ? null
                : document.At("spec").Has("selector") ? document.At("spec", "selector")
                : document.At("spec").Has("podSelector") ? document.At("spec", "podSelector") : null;
            if (selector is not null)
            {
                YamlNode labels = selector.Has("matchLabels") ? selector.At("matchLabels") : selector;
                Assert.Equal(Labels.ToDictionary(), labels.Texts());
            }

            Assert.True(name.Length > 0);
        }
    }

    [Fact]
    public void Deployment_Defaults_RunsAsNobodyWritesNothingAndMayFinish()
    {
        YamlNode pod = Chart.Render()["deployment.yaml"].At("spec", "template", "spec");
        YamlNode container = pod.At("containers", "0");

        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("ALL", container.Text("securityContext", "capabilities", "drop", "0"));
        Assert.True(int.Parse(pod.Text("terminationGracePeriodSeconds"), System.Globalization.CultureInfo.InvariantCulture) >= 45);
        Assert.Equal("1", container.At("env").Variable("ORT_DISABLE_TELEMETRY"));
        Assert.Equal("/tmp", container.At("env").Variable("ASPNETCORE_TEMP"));
        Assert.Equal(["/startupz", "/readyz", "/livez"], ((string[])["startupProbe", "readinessProbe", "livenessProbe"]).Select(probe => container.Text(probe, "httpGet", "path")));
        Assert.Equal("1", Chart.Render()["deployment.yaml"].Text("spec", "replicas"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deployment_EachMount_HasItsVolume(bool everything)
    {
        YamlNode pod = Chart.Render(everything ? Chart.EverythingOn : [])["deployment.yaml"].At("spec", "template", "spec");
        string[] volumes = [.. pod.At("volumes").Items().Select(volume => volume.Text("name"))];
        IEnumerable<YamlNode> containers = pod.At("containers").Items().Concat(pod.Has("initContainers") ? pod.At("initContainers").Items() : []);

        string[] mounts = [.. containers.SelectMany(container => container.At("volumeMounts").Items()).Select(mount => mount.Text("name")).Distinct()];

        Assert.Equal(volumes.Order(), mounts.Order());
    }

    [Fact]
    public void Deployment_Folding_PutsTheModelWhereTheServiceLooks()
    {
        YamlNode pod = Chart.Render(("fold.enabled", "true"), ("fold.checkpoint", "run/best.pth"))["deployment.yaml"].At("spec", "template", "spec");
        YamlNode fold = pod.At("initContainers", "0");
        YamlNode service = pod.At("containers", "0");

        Assert.Equal(["/checkpoints/run/best.pth", "/models"], fold.At("args").Items().Select(item => ((YamlScalarNode)item).Value!));
        Assert.Equal("/models/current", service.At("env").Variable("Models__Path"));
        Assert.Contains(service.At("volumeMounts").Items(), mount => mount.Text("name") == "folded" && mount.Text("mountPath") == "/models");
    }

    [Fact]
    public void Deployment_Keys_ComeFromTheSecrets()
    {
        Dictionary<string, YamlNode> documents = Chart.Render(Chart.EverythingOn);

        string[] secrets = [.. documents["deployment.yaml"].At("spec", "template", "spec", "containers", "0", "envFrom").Items()
            .Where(source => source.Has("secretRef")).Select(source => source.Text("secretRef", "name"))];

        Assert.Equal([$"{Chart.Release}-keys", "ours"], secrets);
        Assert.Equal("a", documents["secret.yaml"].Text("stringData", "Security__PredictKeys__0"));
    }

    [Fact]
    public void Deployment_Scaled_LeavesTheReplicasToTheScaler()
    {
        Assert.False(Chart.Render(("keda.enabled", "true"))["deployment.yaml"].At("spec").Has("replicas"));
        Assert.False(Chart.Render(("autoscaling.enabled", "true"))["deployment.yaml"].At("spec").Has("replicas"));
    }

    [Fact]
    public void NetworkPolicy_Defaults_LetsNothingOutAndDnsNeither()
    {
        Dictionary<string, YamlNode> documents = Chart.Render();
        YamlNode policy = documents["network-policy.yaml"];

        Assert.DoesNotContain("image-urls-policy.yaml", documents.Keys);
        Assert.Empty(policy.At("spec", "egress").Items());
        Assert.Null(documents["deployment.yaml"].At("spec", "template", "spec", "containers", "0", "env").Variable("ImageUrls__Enabled"));
        Assert.Equal(["Ingress", "Egress"], policy.At("spec", "policyTypes").Items().Select(item => ((YamlScalarNode)item).Value!));
    }

    [Fact]
    public void NetworkPolicy_ImageUrls_LetsOutDnsAndHttpsToPublicAddresses()
    {
        Dictionary<string, YamlNode> documents = Chart.Render(("imageUrls.enabled", "true"));
        YamlNode[] rules = [.. documents["image-urls-policy.yaml"].At("spec", "egress").Items()];

        Assert.Equal("true", documents["deployment.yaml"].At("spec", "template", "spec", "containers", "0", "env").Variable("ImageUrls__Enabled"));
        Assert.Equal(["53/UDP", "53/TCP", "443/TCP"], rules.SelectMany(rule => rule.At("ports").Items()).Select(port => $"{port.Text("port")}/{port.Text("protocol")}"));
        Assert.False(rules[0].Has("to"));
        Assert.Equal(["0.0.0.0/0", "::/0"], rules[1].At("to").Items().Select(to => to.Text("ipBlock", "cidr")));
        Assert.All(
            (string[])["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
            network => Assert.Contains(rules[1].At("to", "0", "ipBlock", "except").Items(), item => ((YamlScalarNode)item).Value == network));
        Assert.Empty(documents["network-policy.yaml"].At("spec", "egress").Items());
    }

    [Fact]
    public void NetworkPolicy_ImageUrlsWithoutPolicies_IsLeftOut() => Assert.DoesNotContain(
        "NetworkPolicy", Chart.Render(("imageUrls.enabled", "true"), ("networkPolicy.enabled", "false")).Values.Select(document => document.Text("kind")));

    [Theory]
    [InlineData("0", "http", "http")]
    [InlineData("9090", "http metrics", "metrics")]
    public void MetricsPort_EachTemplate_HasTheSamePorts(string metricsPort, string names, string scraped)
    {
        Dictionary<string, YamlNode> documents = Chart.Render(("metricsPort", metricsPort), ("serviceMonitor.enabled", "true"));
        YamlNode container = documents["deployment.yaml"].At("spec", "template", "spec", "containers", "0");

        Assert.Equal(names, string.Join(' ', container.At("ports").Items().Select(port => port.Text("name"))));
        Assert.Equal(names, string.Join(' ', documents["service.yaml"].At("spec", "ports").Items().Select(port => port.Text("targetPort"))));
        Assert.Equal(names, string.Join(' ', documents["network-policy.yaml"].At("spec", "ingress", "0", "ports").Items().Select(port => port.Text("port"))));
        Assert.Equal([scraped], documents["service-monitor.yaml"].At("spec", "endpoints").Items().Select(endpoint => endpoint.Text("port")));
        Assert.Equal(metricsPort == "0" ? null : metricsPort, container.At("env").Variable("Metrics__Port"));
    }

    [Fact]
    public void ConfigMap_Options_AreSettingsOfTheService()
    {
        Dictionary<string, string> options = Chart.Render()["configmap.yaml"].At("data").Texts();

        Assert.Contains("Models__Provider", options.Keys);
        Assert.All(options.Keys, name => Assert.Matches("^[A-Z][A-Za-z]+__[A-Z][A-Za-z]+$", name));
    }

    [Fact]
    public void FilesOfTheChart_AreThoseOfTheComposeProfile()
    {
        Dictionary<string, YamlNode> documents = Chart.Render(Chart.EverythingOn);

        Assert.Equal(
            File.ReadAllText(Path.Combine(Fixture.Repository, Queries.Dashboard)).TrimEnd('\n'), documents["dashboard.yaml"].Text("data", "ditask.json"));
        Assert.Equal(
            Yaml.Load(Queries.Rules).At("groups", "0", "rules").Items().Select(rule => rule.Text("alert")),
            documents["prometheus-rule.yaml"].At("spec", "groups", "0", "rules").Items().Select(rule => rule.Text("alert")));
    }
}
