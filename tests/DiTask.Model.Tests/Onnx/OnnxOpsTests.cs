using DiTask.Model.Checkpoints;
using DiTask.Model.Layers;
using DiTask.Model.Onnx;
using DiTask.Model.Onnx.Proto;
using DiTask.Model.Torch;
using DiTask.Tests;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Onnx;

/// <summary>Both interpreters of a layer give the same numbers, operation by operation.</summary>
public sealed class OnnxOpsTests
{
    private const double Tolerance = 1e-5;

    private static readonly int[] InputShape = [2, 6, 4, 4];

    public static TheoryData<string> Operations =>
    [
        "Linear", "LinearWithoutBias", "Conv2d", "Conv2dStrided", "LayerNorm", "BatchNorm", "Gelu", "Relu", "Softmax", "MatMul", "Add", "Scale",
        "Reshape", "Transpose", "Gather", "Concat", "Slice", "ResizeUp", "ResizeDown", "ResizeFromOnePixel",
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_OnnxAndTorch_Agree(string operation)
    {
        float[] input = Noise("input", InputShape).Values;

        (long[] shape, float[] values) expected = RunTorch(operation, input);
        (long[] shape, float[] values) actual = RunOnnx(operation, input);

        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(0, expected.values.Zip(actual.values).Max(pair => Math.Abs(pair.First - pair.Second)), Tolerance);
    }

    private static T Apply<T>(string operation, ITensorOps<T> ops, T x)
    {
        T Weight(string name, params int[] shape) => ops.Constant(Noise(name, shape));
        return operation switch
        {
            "Linear" => ops.Linear(x, Weight("w", 5, 4), Weight("b", 5)),
            "LinearWithoutBias" => ops.Linear(x, Weight("w", 5, 4), default),
            "Conv2d" => ops.Conv2d(x, Weight("w", 3, 6, 1, 1), Weight("b", 3), 1),
            "Conv2dStrided" => ops.Conv2d(x, Weight("w", 3, 6, 2, 2), Weight("b", 3), 2),
            "LayerNorm" => ops.LayerNorm(x, Weight("g", 4), Weight("b", 4)),
            "BatchNorm" => ops.BatchNorm(x, Weight("g", 6), Weight("b", 6), Weight("m", 6), ops.Constant(new HostTensor("v", [6], [0.5f, 1, 2, 0.1f, 3, 1]))),
            "Gelu" => ops.Gelu(x),
            "Relu" => ops.Relu(x),
            "Softmax" => ops.Softmax(x),
            "MatMul" => ops.MatMul(x, ops.Transpose(x, 0, 1, 3, 2)),
            "Add" => ops.Add(x, Weight("w", 6, 1, 4)),
            "Scale" => ops.Scale(x, 0.37f),
            "Reshape" => ops.Reshape(x, -1, 3, 32),
            "Transpose" => ops.Transpose(x, 0, 2, 3, 1),
            "Gather" => ops.Gather(x, 1, [5, 0, 0, 3]),
            "Concat" => ops.Concat(1, x, ops.Relu(x)),
            "Slice" => ops.Slice(x, 1, 2, 3),
            "ResizeUp" => ops.ResizeBilinear(x, 8, 16),
            "ResizeDown" => ops.ResizeBilinear(x, 3, 2),
            "ResizeFromOnePixel" => ops.ResizeBilinear(ops.Conv2d(x, Weight("w", 3, 6, 4, 4), Weight("b", 3), 4), 4, 4),
            _ => throw new NotSupportedException(operation),
        };
    }

    private static (long[] Shape, float[] Values) RunTorch(string operation, float[] input)
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor result = Apply(operation, new TorchOps(), tensor(input, [.. InputShape.Select(size => (long)size)]));
        return (result.shape, result.contiguous().data<float>().ToArray());
    }

    private static (long[] Shape, float[] Values) RunOnnx(string operation, float[] input)
    {
        using TemporaryFolder folder = new();
        using (WeightFile weights = new(folder["weights.bin"]))
        {
            OnnxGraph graph = new("g", weights);
            OnnxValue x = graph.Input("x", TensorProto.Types.DataType.Float, -1, InputShape[1], InputShape[2], InputShape[3]);
            graph.Output(Apply(operation, new OnnxOps(graph), x), "y", RunTorch(operation, input).Shape is var shape ? [-1, .. shape.Skip(1).Select(size => (int)size)] : []);
            OnnxModel.Write(graph.ToModel(), folder["g.onnx"]);
            weights.Complete();
        }

        using SessionOptions sessionOptions = new();
        using InferenceSession session = new(folder["g.onnx"], sessionOptions);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, [.. InputShape.Select(size => (long)size)]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["x"], [value], ["y"]);
        return (outputs[0].GetTensorTypeAndShape().Shape, outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    private static HostTensor Noise(string name, params int[] shape)
    {
        Random random = new(name[0]);
        float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(2 * random.NextDouble()) - 1;
        }

        return new HostTensor(name, shape, values);
    }
}
