using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiTask.Compat.Tests.OnnxRuntime;

/// <summary>Tiny ONNX models as bytes. Field numbers are those of onnx.proto.</summary>
internal static class OnnxModels
{
    private const int AttributeTypeGraph = 5;

    /// <summary>y = 2 x + [10, 20, 30]; x and y are float [N, 3].</summary>
    public static byte[] Affine()
    {
        ProtoWriter graph = new ProtoWriter()
            .Message(1, Node("Mul", ["x", "two"], ["scaled"]))
            .Message(1, Node("Add", ["scaled", "offset"], ["y"]))
            .Text(2, "affine")
            .Message(5, FloatTensor("two", [], [2]))
            .Message(5, FloatTensor("offset", [3], [10, 20, 30]))
            .Text(10, "twice and an offset")
            .Message(11, Value("x", TensorElementType.Float, "N", 3))
            .Message(12, Value("y", TensorElementType.Float, "N", 3));
        return Model(graph);
    }

    /// <summary>y = x, both [2] of one element type.</summary>
    public static byte[] Identity(TensorElementType elementType)
    {
        ProtoWriter graph = new ProtoWriter()
            .Message(1, Node("Identity", ["x"], ["y"]))
            .Text(2, "identity")
            .Message(11, Value("x", elementType, 2))
            .Message(12, Value("y", elementType, 2));
        return Model(graph);
    }

    /// <summary>y = x + n, by adding one n times: as slow as a test wants it.</summary>
    public static byte[] Count()
    {
        ProtoWriter body = new ProtoWriter()
            .Message(1, Node("Identity", ["goOn"], ["goOnNext"]))
            .Message(1, Node("Add", ["sum", "one"], ["sumNext"]))
            .Text(2, "body")
            .Message(11, Value("i", TensorElementType.Int64))
            .Message(11, Value("goOn", TensorElementType.Bool))
            .Message(11, Value("sum", TensorElementType.Float, 1))
            .Message(12, Value("goOnNext", TensorElementType.Bool))
            .Message(12, Value("sumNext", TensorElementType.Float, 1));
        ProtoWriter bodyAttribute = new ProtoWriter().Text(1, "body").Message(6, body).Number(20, AttributeTypeGraph);
        ProtoWriter graph = new ProtoWriter()
            .Message(1, Node("Loop", ["n", string.Empty, "x"], ["y"]).Message(5, bodyAttribute))
            .Text(2, "count")
            .Message(5, FloatTensor("one", [1], [1]))
            .Message(11, Value("n", TensorElementType.Int64))
            .Message(11, Value("x", TensorElementType.Float, 1))
            .Message(12, Value("y", TensorElementType.Float, 1));
        return Model(graph);
    }

    private static byte[] Model(ProtoWriter graph) => new ProtoWriter()
        .Number(1, 8)
        .Text(2, "ditask-tests")
        .Text(4, "org.example")
        .Number(5, 7)
        .Text(6, "a model for tests")
        .Message(7, graph)
        .Message(8, new ProtoWriter().Text(1, string.Empty).Number(2, 17))
        .Message(14, new ProtoWriter().Text(1, "classes").Text(2, "Häuser"))
        .Message(14, new ProtoWriter().Text(1, "unit").Text(2, "m"))
        .ToArray();

    private static ProtoWriter Node(string type, string[] inputs, string[] outputs)
    {
        var node = new ProtoWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        return node.Text(4, type);
    }

    /// <param name="dimensions">Numbers, or names of free dimensions.</param>
    private static ProtoWriter Value(string name, TensorElementType elementType, params object[] dimensions)
    {
        var shape = new ProtoWriter();
        foreach (object dimension in dimensions)
        {
            shape.Message(1, dimension is string free ? new ProtoWriter().Text(2, free) : new ProtoWriter().Number(1, (int)dimension));
        }

        ProtoWriter tensor = new ProtoWriter().Number(1, (int)elementType).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    private static ProtoWriter FloatTensor(string name, long[] dimensions, float[] values)
    {
        var tensor = new ProtoWriter();
        foreach (long dimension in dimensions)
        {
            tensor.Number(1, dimension);
        }

        return tensor.Number(2, (int)TensorElementType.Float).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(values));
    }
}
