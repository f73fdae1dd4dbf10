using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiTask.Compat.Tests.OnnxRuntime;

public sealed class UseAfterDisposeTests
{
    [Fact]
    public void Session_Disposed_EveryUseThrows()
    {
        var session = new InferenceSession(OnnxModels.Affine());
        using var other = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = other.CreateIoBinding();
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);

        session.Dispose();
        session.Dispose();

        AllThrow(
            nameof(InferenceSession),
            () => session.Run(null!, ["x"], [x], ["y"]),
            () => session.Run(null!, ["x"], [x], ["y"], [x]),
            () => session.CreateIoBinding(),
            () => session.RunWithBinding(null!, binding),
            () => session.RunWithBoundResults(null!, binding),
            () => session.EndProfiling(),
            () => _ = session.ModelMetadata,
            () => _ = session.ProfilingStartTimeNs,
            () => _ = new OrtAllocator(session, OrtMemoryInfo.DefaultInstance));
    }

    [Fact]
    public void Value_Disposed_EveryUseThrows()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        using OrtValue y = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);

        x.Dispose();
        x.Dispose();

        AllThrow(
            nameof(OrtValue),
            () => session.Run(null!, ["x"], [x], ["y"]),
            () => session.Run(null!, ["x"], [y], ["y"], [x]),
            () => x.GetTensorDataAsSpan<float>(),
            () => x.GetTensorMutableDataAsSpan<float>(),
            () => x.GetTensorMutableRawData(),
            () => x.GetTensorTypeAndShape(),
            () => x.GetTensorMemoryInfo(),
            () => binding.BindInput("x", x),
            () => binding.BindOutput("y", x));
    }

    [Fact]
    public void Binding_Disposed_EveryUseThrows()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput("x", x);

        binding.Dispose();
        binding.Dispose();

        AllThrow(
            nameof(OrtIoBinding),
            () => session.RunWithBinding(null!, binding),
            () => binding.BindInput("x", x),
            () => binding.BindOutput("y", x),
            () => binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance),
            () => binding.ClearBoundInputs(),
            () => binding.ClearBoundOutputs(),
            () => binding.GetOutputNames(),
            () => binding.GetOutputValues(),
            () => binding.SynchronizeBoundInputs(),
            () => binding.SynchronizeBoundOutputs());
    }

    [Fact]
    public void SessionOptions_Disposed_EveryUseThrows()
    {
        var options = new SessionOptions();

        options.Dispose();

        AllThrow(
            nameof(SessionOptions),
            () => _ = new InferenceSession(OnnxModels.Affine(), options),
            () => _ = new InferenceSession("model.onnx", options),
            () => options.IntraOpNumThreads = 1,
            () => options.EnableMemoryPattern = false,
            () => options.EnableProfiling = true,
            () => options.LogId = "late",
            () => options.AddSessionConfigEntry("key", "value"),
            () => options.AppendExecutionProvider("WebGPU"),
            () => options.AppendExecutionProvider_CPU(),
            () => options.AppendExecutionProvider_CUDA());
    }

    [Fact]
    public void RunOptions_Disposed_EveryUseThrows()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        var options = new RunOptions();

        options.Dispose();

        AllThrow(
            nameof(RunOptions),
            () => session.Run(options, ["x"], [x], ["y"]),
            () => options.Terminate = true,
            () => options.LogId = "late",
            () => options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            () => options.AddRunConfigEntry("key", "value"));
    }

    [Fact]
    public void MemoryInfoAndAllocator_Disposed_EveryUseThrows()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        var info = new OrtMemoryInfo("Cpu", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);
        var allocator = new OrtAllocator(session, OrtMemoryInfo.DefaultInstance);

        info.Dispose();
        allocator.Dispose();

        AllThrow(
            nameof(OrtMemoryInfo),
            () => _ = info.Name,
            () => _ = info.Id,
            () => info.GetMemoryType(),
            () => info.GetAllocatorType(),
            () => OrtValue.CreateTensorValueFromMemory(info, new float[1].AsMemory(), [1]),
            () => _ = new OrtAllocator(session, info));
        AllThrow(
            nameof(OrtAllocator),
            () => _ = allocator.Info,
            () => OrtValue.CreateAllocatedTensorValue(allocator, TensorElementType.Float, [1]));
    }

    [Fact]
    public void SharedInstances_Disposed_StayUsable()
    {
        OrtMemoryInfo.DefaultInstance.Dispose();
        OrtAllocator.DefaultInstance.Dispose();

        Assert.Equal("Cpu", OrtMemoryInfo.DefaultInstance.Name);
        using OrtMemoryInfo info = OrtAllocator.DefaultInstance.Info;
        Assert.Equal("Cpu", info.Name);
    }

    [Fact]
    public void Results_SessionDisposedFirst_StayReadable()
    {
        var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);

        session.Dispose();

        Assert.Equal([10f, 20f, 30f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void DisposedWhileABindingHoldsThem_UsesThrowAndTheBindingStaysUsable()
    {
        var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        binding.BindInput("x", x);
        binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);
        session.RunWithBinding(null!, binding);

        session.Dispose();
        x.Dispose();

        AllThrow(nameof(InferenceSession), () => session.RunWithBinding(null!, binding), () => session.CreateIoBinding());
        AllThrow(nameof(OrtValue), () => x.GetTensorDataAsSpan<float>(), () => binding.BindInput("x", x));
        using IDisposableReadOnlyCollection<OrtValue> results = binding.GetOutputValues();
        Assert.Equal([10f, 20f, 30f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Everything_NeverDisposed_IsFinalizedInAnyOrder()
    {
        for (int i = 0; i < 20; i++)
        {
            Abandon();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var session = new InferenceSession(OnnxModels.Affine());
        Assert.Equal(["x"], session.InputNames);
    }

    private static void Abandon()
    {
        var options = new SessionOptions();
        var session = new InferenceSession(OnnxModels.Affine(), options);
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput("x", OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]));
        binding.BindOutput("y", OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]));
        _ = session.RunWithBoundResults(new RunOptions(), binding)[0].GetTensorMemoryInfo();
        _ = OrtValue.CreateAllocatedTensorValue(
            new OrtAllocator(session, OrtMemoryInfo.DefaultInstance), TensorElementType.Float, [4]);
    }

    private static void AllThrow(string typeName, params Action[] uses)
    {
        for (int i = 0; i < uses.Length; i++)
        {
            var error = Assert.Throws<ObjectDisposedException>(uses[i]);
            Assert.True(error.ObjectName.EndsWith(typeName, StringComparison.Ordinal), $"use {i}: {error.ObjectName} instead of {typeName}");
        }
    }
}
