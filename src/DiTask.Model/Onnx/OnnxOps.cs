using DiTask.Model.Checkpoints;
using DiTask.Model.Layers;
using DiTask.Model.Onnx.Proto;

namespace DiTask.Model.Onnx;

/// <summary>Records a forward pass as standard ONNX operators: each call appends a node.</summary>
/// <remarks>Plain operators are as fast on the CPU provider as its own fused ones and run on every runtime (docs/benchmarks.md).</remarks>
internal sealed class OnnxOps(OnnxGraph graph) : ITensorOps<OnnxValue>
{
    private const float NormEpsilon = 1e-5f;

    public OnnxValue Constant(HostTensor values) => new(values.Name, values);

    public OnnxValue Linear(OnnxValue x, OnnxValue weight, OnnxValue? bias)
    {
        OnnxValue product = graph.Node("MatMul", [x, Transposed(weight)]);
        return bias is null ? product : Add(product, bias);
    }

    public OnnxValue Conv2d(OnnxValue x, OnnxValue weight, OnnxValue? bias, int stride) =>
        graph.Node("Conv", bias is null ? [x, weight] : [x, weight, bias], OnnxAttribute.Ints("strides", stride, stride));

    public OnnxValue LayerNorm(OnnxValue x, OnnxValue gamma, OnnxValue beta) =>
        graph.Node("LayerNormalization", [x, gamma, beta], OnnxAttribute.Int("axis", -1), OnnxAttribute.Float("epsilon", NormEpsilon));

    public OnnxValue BatchNorm(OnnxValue x, OnnxValue gamma, OnnxValue beta, OnnxValue mean, OnnxValue variance) =>
        graph.Node("BatchNormalization", [x, gamma, beta, mean, variance], OnnxAttribute.Float("epsilon", NormEpsilon));

    public OnnxValue Gelu(OnnxValue x) => graph.Node("Gelu", [x]);

    public OnnxValue Relu(OnnxValue x) => graph.Node("Relu", [x]);

    public OnnxValue Softmax(OnnxValue x) => graph.Node("Softmax", [x], OnnxAttribute.Int("axis", -1));

    public OnnxValue MatMul(OnnxValue a, OnnxValue b) => graph.Node("MatMul", [a, b]);

    public OnnxValue Add(OnnxValue a, OnnxValue b) => graph.Node("Add", [a, b]);

    public OnnxValue Residual(OnnxValue x, OnnxValue branch, double depth) => Add(x, branch);

    public OnnxValue Scale(OnnxValue x, float factor) => graph.Node("Mul", [x, graph.InlineNumber(factor)]);

    public OnnxValue Reshape(OnnxValue x, params int[] shape) => x.Constant is HostTensor constant
        ? Constant(new HostTensor(constant.Name, shape, constant.Values))
        : graph.Node("Reshape", [x, graph.InlineInts([.. shape.Select(size => (long)size)])]);

    public OnnxValue Transpose(OnnxValue x, params int[] axes) => graph.Node("Transpose", [x], OnnxAttribute.Ints("perm", axes));

    public OnnxValue Gather(OnnxValue x, int axis, int[] indices) =>
        graph.Node("Gather", [x, graph.Indices(indices)], OnnxAttribute.Int("axis", axis));

    public OnnxValue Concat(int axis, params OnnxValue[] parts) => graph.Node("Concat", parts, OnnxAttribute.Int("axis", axis));

    public OnnxValue Slice(OnnxValue x, int axis, int start, int length) =>
        graph.Node("Slice", [x, graph.InlineInts(start), graph.InlineInts((long)start + length), graph.InlineInts(axis)]);

    // An empty name is how ONNX leaves an optional input out.
    public OnnxValue ResizeBilinear(OnnxValue x, int height, int width) =>
        graph.Node("Resize", [x, new(""), new(""), graph.InlineInts(height, width)], ResizeAttributes());

    public OnnxValue Scoped(Func<OnnxValue> body) => body();

    /// <summary>A resize of the value <paramref name="x"/> to the height and width that <paramref name="size"/> holds, outside a recording.</summary>
    public static NodeProto ResizeNode(string x, string size, string result) =>
        new() { OpType = "Resize", Name = result, Input = { x, "", "", size }, Output = { result }, Attribute = { ResizeAttributes() } };

    private static AttributeProto[] ResizeAttributes() =>
    [
        OnnxAttribute.Text("mode", "linear"),
        OnnxAttribute.Text("coordinate_transformation_mode", "half_pixel"),
        OnnxAttribute.Ints("axes", 2, 3),
    ];

    private OnnxValue Transposed(OnnxValue weight)
    {
        if (weight.Constant is not HostTensor constant)
        {
            return Transpose(weight, 1, 0);
        }

        int rows = constant.Shape[0];
        int columns = constant.Shape[1];
        float[] values = new float[constant.Values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[(column * rows) + row] = constant.Values[(row * columns) + column];
            }
        }

        return Constant(new HostTensor($"{constant.Name}.T", [columns, rows], values));
    }
}
