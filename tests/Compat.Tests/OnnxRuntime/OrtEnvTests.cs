using Microsoft.ML.OnnxRuntime;

namespace DiTask.Compat.Tests.OnnxRuntime;

/// <summary>These tests change what all sessions of the process share, so nothing runs beside them.</summary>
[CollectionDefinition(nameof(OrtEnvTests), DisableParallelization = true)]
[Collection(nameof(OrtEnvTests))]
public sealed class OrtEnvTests
{
    [Fact]
    public void GetAvailableProviders_ThisLibrary_ListsTheCpu() =>
        Assert.Contains("CPUExecutionProvider", OrtEnv.Instance().GetAvailableProviders());

    [Fact]
    public void GetVersionString_ThisLibrary_IsThePinnedVersion()
    {
        string pinned = File.ReadLines(Path.Combine(DiTask.Tests.Fixture.Repository, "eng", "versions.env"))
            .Single(line => line.StartsWith("ONNXRUNTIME_VERSION=", StringComparison.Ordinal)).Split('=')[1];

        Assert.Equal(pinned, OrtEnv.Instance().GetVersionString());
    }

    [Fact]
    public void Instance_Twice_IsTheSame()
    {
        Assert.Same(OrtEnv.Instance(), OrtEnv.Instance());
        Assert.True(OrtEnv.IsCreated);
    }

    [Fact]
    public void CreateInstanceWithOptions_EnvironmentExists_Throws()
    {
        OrtEnv.Instance();
        var options = new EnvironmentCreationOptions { logId = "late" };

        Assert.Throws<OnnxRuntimeException>(() => OrtEnv.CreateInstanceWithOptions(ref options));
    }

    [Fact]
    public void Dispose_SessionOpen_SessionRunsOnAndTheNextUseMakesANewOne()
    {
        OrtEnv former = OrtEnv.Instance();
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);

        former.Dispose();

        Assert.False(OrtEnv.IsCreated);
        Assert.Throws<ObjectDisposedException>(() => former.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);
        Assert.Equal([10f, 20f, 30f], results[0].GetTensorDataAsSpan<float>().ToArray());
        using var next = new InferenceSession(OnnxModels.Affine());
        Assert.NotSame(former, OrtEnv.Instance());
    }

    [Fact]
    public void EnvLogLevel_Set_ReadsBack()
    {
        OrtEnv environment = OrtEnv.Instance();
        OrtLoggingLevel former = environment.EnvLogLevel;

        environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;

        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, environment.EnvLogLevel);
        environment.EnvLogLevel = former;
    }
}
