using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiTask.Compat.Tests.OnnxRuntime;

public sealed class InferenceSessionTests
{
    private static readonly float[] Input = [1, 2, 3, 4, 5, 6];
    private static readonly float[] Expected = [12, 24, 36, 18, 30, 42];

    [Fact]
    public void Run_ModelFromBytes_ReturnsOutputs()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(Input.ToArray(), [2, 3]);

        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);

        OrtValue y = Assert.Single(results);
        Assert.Equal([2, 3], y.GetTensorTypeAndShape().Shape);
        Assert.Equal(Expected, y.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Run_ModelFromPath_ReturnsOutputs()
    {
        string path = Path.Combine(Path.GetTempPath(), $"affine-ä-{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, OnnxModels.Affine());
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1 };
            using var session = new InferenceSession(path, options);
            using var runOptions = new RunOptions();
            using OrtValue x = OrtValue.CreateTensorValueFromMemory(Input.ToArray(), [2, 3]);
            var inputs = new Dictionary<string, OrtValue> { ["x"] = x };

            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(runOptions, inputs, session.OutputNames);

            Assert.Equal(Expected, results[0].GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Run_OutputsGiven_WritesIntoManagedMemory()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        float[] target = new float[6];
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(Input.ToArray(), [2, 3]);
        using OrtValue y = OrtValue.CreateTensorValueFromMemory(target, [2, 3]);

        session.Run(null!, ["x"], [x], ["y"], [y]);

        Assert.Equal(Expected, target);
    }

    [Fact]
    public void Run_InputMemoryChanged_ReadsTheNewContent()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        float[] source = new float[3];
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(source, [1, 3]);
        source[1] = 100;

        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);

        Assert.Equal([10f, 220f, 30f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Run_IdentityModel_OutputHasItsOwnMemory()
    {
        using var session = new InferenceSession(OnnxModels.Identity(TensorElementType.Float));
        float[] source = [1, 2];
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(source, [2]);

        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);
        source[0] = 5;

        Assert.Equal([1f, 2f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Run_ZeroRows_ReturnsZeroRows()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [0, 3]);

        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);

        Assert.Equal([0, 3], results[0].GetTensorTypeAndShape().Shape);
        Assert.True(results[0].GetTensorDataAsSpan<float>().IsEmpty);
    }

    [Fact]
    public void Run_ManyThreadsOnOneSession_EachGetsItsOwnResult()
    {
        using var session = new InferenceSession(OnnxModels.Affine());

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using OrtValue x = OrtValue.CreateTensorValueFromMemory([i, i, (float)i], [1, 3]);
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);
            Assert.Equal([(2 * i) + 10f, (2 * i) + 20f, (2 * i) + 30f], results[0].GetTensorDataAsSpan<float>().ToArray());
        });
    }

    [Fact]
    public void Metadata_Affine_DescribesInputsAndOutputs()
    {
        using var session = new InferenceSession(OnnxModels.Affine());

        Assert.Equal(["x"], session.InputNames);
        Assert.Equal(["y"], session.OutputNames);
        NodeMetadata x = session.InputMetadata["x"];
        Assert.True(x.IsTensor);
        Assert.False(x.IsString);
        Assert.Equal(OnnxValueType.ONNX_TYPE_TENSOR, x.OnnxValueType);
        Assert.Equal(TensorElementType.Float, x.ElementDataType);
        Assert.Equal(typeof(float), x.ElementType);
        Assert.Equal([-1, 3], x.Dimensions);
        Assert.Equal(["N", string.Empty], x.SymbolicDimensions);
        Assert.Equal([-1, 3], session.OutputMetadata["y"].Dimensions);
    }

    [Fact]
    public void ModelMetadata_Affine_HoldsWhatTheFileSays()
    {
        using var session = new InferenceSession(OnnxModels.Affine());

        ModelMetadata metadata = session.ModelMetadata;

        Assert.Equal("ditask-tests", metadata.ProducerName);
        Assert.Equal("affine", metadata.GraphName);
        Assert.Equal("twice and an offset", metadata.GraphDescription);
        Assert.Equal("org.example", metadata.Domain);
        Assert.Equal("a model for tests", metadata.Description);
        Assert.Equal(7, metadata.Version);
        Assert.Equal(
            new Dictionary<string, string> { ["classes"] = "Häuser", ["unit"] = "m" },
            metadata.CustomMetadataMap);
    }

    [Fact]
    public void Constructor_MissingFile_ThrowsNoSuchFile()
    {
        var error = Assert.Throws<OnnxRuntimeException>(() => new InferenceSession("no/such/model.onnx"));

        Assert.StartsWith("[ErrorCode:NoSuchFile]", error.Message, StringComparison.Ordinal);
        Assert.Contains("no/such/model.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_GarbageBytes_ThrowsInvalidProtobuf()
    {
        var error = Assert.Throws<OnnxRuntimeException>(() => new InferenceSession([1, 2, 3, 4, 5, 6, 7, 8]));

        Assert.StartsWith("[ErrorCode:InvalidProtobuf]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoBytes_Throws() =>
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(Array.Empty<byte>()));

    [Fact]
    public void Constructor_TruncatedAnywhere_ThrowsOrLoads()
    {
        byte[] model = OnnxModels.Identity(TensorElementType.Float);

        int failures = 0;
        for (int length = 0; length < model.Length; length++)
        {
            try
            {
                new InferenceSession(model[..length]).Dispose();
            }
            catch (OnnxRuntimeException)
            {
                failures++;
            }
        }

        Assert.True(failures > model.Length / 2, $"only {failures} of {model.Length} truncated models failed");
    }

    [Fact]
    public void Constructor_PathWithNul_ThrowsArgumentException() =>
        Assert.Throws<ArgumentException>(() => new InferenceSession("model.onnx\0.txt"));

    [Fact]
    public void Run_WrongShape_ThrowsInvalidArgument()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[8], [2, 4]);

        var error = Assert.Throws<OnnxRuntimeException>(() => session.Run(null!, ["x"], [x], ["y"]));

        Assert.StartsWith("[ErrorCode:InvalidArgument]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongElementType_ThrowsInvalidArgument()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new double[3], [1, 3]);

        var error = Assert.Throws<OnnxRuntimeException>(() => session.Run(null!, ["x"], [x], ["y"]));

        Assert.StartsWith("[ErrorCode:InvalidArgument]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputGivenInWrongShape_Throws()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        using OrtValue y = OrtValue.CreateTensorValueFromMemory(new float[6], [2, 3]);

        Assert.Throws<OnnxRuntimeException>(() => session.Run(null!, ["x"], [x], ["y"], [y]));
    }

    [Theory]
    [InlineData("z", "y", "input 'z'")]
    [InlineData("x", "z", "output 'z'")]
    public void Run_UnknownName_ThrowsInvalidArgumentThatNamesIt(string input, string output, string named)
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);

        var error = Assert.Throws<OnnxRuntimeException>(() => session.Run(null!, [input], [x], [output]));

        Assert.StartsWith("[ErrorCode:InvalidArgument]", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputMissing_ThrowsAndNamesIt()
    {
        using var session = new InferenceSession(OnnxModels.Affine());

        var error = Assert.Throws<OnnxRuntimeException>(() => session.Run(null!, [], Array.Empty<OrtValue>(), ["y"]));

        Assert.Contains("Missing Input: x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FewerValuesThanNames_ThrowsArgumentException()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);

        Assert.Throws<ArgumentException>(() => session.Run(null!, ["x", "x"], [x], ["y"]));
        Assert.Throws<ArgumentException>(() => session.Run(null!, ["x"], [x], ["y"], Array.Empty<OrtValue>()));
    }

    [Fact]
    public void EndProfiling_ProfilingEnabled_WritesFileWithPrefix()
    {
        string prefix = Path.Combine(Path.GetTempPath(), $"profile-{Guid.NewGuid():N}");
        using var options = new SessionOptions { ProfileOutputPathPrefix = prefix, EnableProfiling = true };
        using var session = new InferenceSession(OnnxModels.Affine(), options);
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[3], [1, 3]);
        session.Run(null!, ["x"], [x], ["y"]).Dispose();

        string path = session.EndProfiling();

        try
        {
            Assert.StartsWith(prefix, path, StringComparison.Ordinal);
            Assert.Contains("model_run", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.True(session.ProfilingStartTimeNs > 0);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
