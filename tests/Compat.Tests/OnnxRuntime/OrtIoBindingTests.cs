using Microsoft.ML.OnnxRuntime;

namespace DiTask.Compat.Tests.OnnxRuntime;

public sealed class OrtIoBindingTests
{
    [Fact]
    public void RunWithBinding_ManagedMemoryOnBothSides_WritesInPlaceEveryTime()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        float[] source = [1, 2, 3];
        float[] target = new float[3];
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(source, [1, 3]);
        using OrtValue y = OrtValue.CreateTensorValueFromMemory(target, [1, 3]);
        using var runOptions = new RunOptions();
        binding.BindInput("x", x);
        binding.BindOutput("y", y);

        session.RunWithBinding(runOptions, binding);
        float[] first = [.. target];
        source[0] = 100;
        session.RunWithBinding(runOptions, binding);

        Assert.Equal([12f, 24f, 36f], first);
        Assert.Equal([210f, 24f, 36f], target);
    }

    [Fact]
    public void RunWithBoundResults_OutputOnDevice_ReturnsWhatTheLibraryAllocated()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[6], [2, 3]);
        binding.BindInput("x", x);
        binding.SynchronizeBoundInputs();
        binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);

        using IDisposableReadOnlyCollection<OrtValue> results = session.RunWithBoundResults(null!, binding);
        binding.SynchronizeBoundOutputs();

        Assert.Equal(["y"], binding.GetOutputNames());
        Assert.Equal([10f, 20f, 30f, 10f, 20f, 30f], Assert.Single(results).GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void GetOutputValues_FedToAnotherSession_NeedsNoCopy()
    {
        using var first = new InferenceSession(OnnxModels.Affine());
        using var second = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = first.CreateIoBinding();
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        binding.BindInput("x", x);
        binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);

        using IDisposableReadOnlyCollection<OrtValue> between = first.RunWithBoundResults(null!, binding);
        using IDisposableReadOnlyCollection<OrtValue> results = second.Run(null!, ["x"], between, ["y"]);

        Assert.Equal([30f, 60f, 90f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void RunWithBinding_BoundValuesDisposedAndCollected_StillUsesTheirMemory()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        BindAndDispose(binding);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        session.RunWithBinding(null!, binding);
        using IDisposableReadOnlyCollection<OrtValue> results = binding.GetOutputValues();

        Assert.Equal([12f, 24f, 36f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void GetOutputValues_BindingAndSessionDisposed_ValuesStayReadable()
    {
        var session = new InferenceSession(OnnxModels.Affine());
        OrtIoBinding binding = session.CreateIoBinding();
        BindAndDispose(binding);
        session.RunWithBinding(null!, binding);
        using IDisposableReadOnlyCollection<OrtValue> results = binding.GetOutputValues();

        session.Dispose();
        binding.Dispose();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.Equal([12f, 24f, 36f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void ClearBoundOutputs_ThenBoundAgain_UsesTheNewValue()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        float[] former = new float[3];
        float[] latter = new float[3];
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        using OrtValue formerValue = OrtValue.CreateTensorValueFromMemory(former, [1, 3]);
        using OrtValue latterValue = OrtValue.CreateTensorValueFromMemory(latter, [1, 3]);
        binding.BindInput("x", x);
        binding.BindOutput("y", formerValue);

        binding.ClearBoundOutputs();
        Assert.Empty(binding.GetOutputNames());
        Assert.Empty(binding.GetOutputValues());
        binding.BindOutput("y", latterValue);
        session.RunWithBinding(null!, binding);

        Assert.Equal(new float[3], former);
        Assert.Equal([10f, 20f, 30f], latter);
    }

    [Fact]
    public void BindInput_SameNameTwice_LastOneCounts()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        using OrtValue ones = OrtValue.CreateTensorValueFromMemory([1f, 1, 1], [1, 3]);
        using OrtValue zeros = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        binding.BindInput("x", ones);
        binding.BindInput("x", zeros);
        binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);

        using IDisposableReadOnlyCollection<OrtValue> results = session.RunWithBoundResults(null!, binding);

        Assert.Equal([10f, 20f, 30f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void RunWithBinding_InputCleared_Throws()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtIoBinding binding = session.CreateIoBinding();
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        binding.BindInput("x", x);
        binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);

        binding.ClearBoundInputs();

        Assert.Throws<OnnxRuntimeException>(() => session.RunWithBinding(null!, binding));
    }

    [Fact]
    public void RunWithBinding_ManyThreadsWithTheirOwnBindings_EachGetsItsOwnResult()
    {
        using var session = new InferenceSession(OnnxModels.Affine());

        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using OrtIoBinding binding = session.CreateIoBinding();
            float[] target = new float[3];
            using OrtValue x = OrtValue.CreateTensorValueFromMemory([i, i, (float)i], [1, 3]);
            using OrtValue y = OrtValue.CreateTensorValueFromMemory(target, [1, 3]);
            binding.BindInput("x", x);
            binding.BindOutput("y", y);
            session.RunWithBinding(null!, binding);
            Assert.Equal([(2 * i) + 10f, (2 * i) + 20f, (2 * i) + 30f], target);
        });
    }

    private static void BindAndDispose(OrtIoBinding binding)
    {
        using OrtValue x = OrtValue.CreateTensorValueFromMemory([1f, 2, 3], [1, 3]);
        using OrtValue y = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        binding.BindInput("x", x);
        binding.BindOutput("y", y);
    }
}
