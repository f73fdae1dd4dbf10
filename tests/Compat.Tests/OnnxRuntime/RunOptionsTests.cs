using Microsoft.ML.OnnxRuntime;

namespace DiTask.Compat.Tests.OnnxRuntime;

public sealed class RunOptionsTests
{
    /// <summary>Hours of work: a run that is not terminated fails its test by this time limit.</summary>
    private const long Endless = 1L << 40;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Terminate_SetByAnotherThread_EndsTheRun()
    {
        using var session = new InferenceSession(OnnxModels.Count());
        using var options = new RunOptions();
        (Task run, Task started) = StartCounting(session, options);

        await started.WaitAsync(Limit);
        options.Terminate = true;

        var error = await Assert.ThrowsAsync<OnnxRuntimeException>(() => run.WaitAsync(Limit));
        Assert.Contains("terminate", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Dispose_SessionInUse_RunGoesOnAndNewOnesThrow()
    {
        var session = new InferenceSession(OnnxModels.Count());
        using var options = new RunOptions();
        using var other = new InferenceSession(OnnxModels.Count());
        (Task run, Task started) = StartCounting(session, options);
        await started.WaitAsync(Limit);

        session.Dispose();
        Assert.False(run.IsCompleted);
        Assert.Throws<ObjectDisposedException>(() => Count(session, null, 3));
        Assert.Equal(3, Count(other, null, 3));
        options.Terminate = true;

        await Assert.ThrowsAsync<OnnxRuntimeException>(() => run.WaitAsync(Limit));
    }

    [Fact]
    public void Terminate_SetAndReset_RefusesRunsAndAllowsThemAgain()
    {
        using var session = new InferenceSession(OnnxModels.Count());
        using var options = new RunOptions { Terminate = true };

        Assert.True(options.Terminate);
        Assert.Throws<OnnxRuntimeException>(() => Count(session, options, 3));
        options.Terminate = false;

        Assert.Equal(3, Count(session, options, 3));
    }

    [Fact]
    public void Properties_Set_ReadBackAndRun()
    {
        using var session = new InferenceSession(OnnxModels.Count());
        using var options = new RunOptions
        {
            LogId = "run ä",
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            LogVerbosityLevel = 2,
        };
        options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");

        Assert.Equal("run ä", options.LogId);
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, options.LogSeverityLevel);
        Assert.Equal(2, options.LogVerbosityLevel);
        Assert.Equal(5, Count(session, options, 5));
    }

    private static (Task Run, Task Started) StartCounting(InferenceSession session, RunOptions options)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task run = Task.Run(() => Count(session, options, Endless, new SignallingList(["y"], started)));
        return (run, started.Task);
    }

    private static float Count(InferenceSession session, RunOptions? options, long times, IReadOnlyCollection<string>? outputs = null)
    {
        using OrtValue n = OrtValue.CreateTensorValueFromMemory([times], []);
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options!, ["n", "x"], [n, x], outputs ?? ["y"]);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }
}
