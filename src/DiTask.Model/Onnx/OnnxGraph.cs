using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DiTask.Model.Checkpoints;
using DiTask.Model.Onnx.Proto;
using Google.Protobuf;

namespace DiTask.Model.Onnx;

/// <summary>A graph being recorded: nodes in order, and the constants that they read.</summary>
/// <param name="name">Name of the graph; prefix of its values, so that graphs can be joined.</param>
/// <param name="weights">Where constants are stored.</param>
internal sealed class OnnxGraph(string name, WeightFile weights)
{
    private readonly GraphProto graph = new() { Name = name };
    private readonly HashSet<string> initializers = [];

    /// <summary>The recorded graph as a model.</summary>
    public ModelProto ToModel() => OnnxModel.Wrap(graph);

    /// <summary>Declares an input; -1 is the batch axis.</summary>
    public OnnxValue Input(string inputName, TensorProto.Types.DataType type, params ReadOnlySpan<int> shape)
    {
        graph.Input.Add(OnnxModel.Declare(inputName, type, shape));
        return new OnnxValue(inputName);
    }

    /// <summary>Declares <paramref name="value"/> as the output <paramref name="outputName"/>; -1 is the batch axis.</summary>
    public void Output(OnnxValue value, string outputName, params ReadOnlySpan<int> shape)
    {
        graph.Node.Add(new NodeProto { OpType = "Identity", Name = $"{name}/{outputName}", Input = { Read(value) }, Output = { outputName } });
        graph.Output.Add(OnnxModel.Declare(outputName, TensorProto.Types.DataType.Float, shape));
    }

    /// <summary>Appends a node with one result.</summary>
    public OnnxValue Node(string op, IEnumerable<OnnxValue> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string result = $"{name}/{op}_{graph.Node.Count}";
        NodeProto node = new() { OpType = op, Name = result, Output = { result } };
        node.Input.AddRange(inputs.Select(Read));
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        graph.Node.Add(node);
        return new OnnxValue(result);
    }

    /// <summary>A short list such as a shape. It stays inside the graph, where shape inference can see it.</summary>
    public OnnxValue InlineInts(params ReadOnlySpan<long> values)
    {
        string key = $"ints_{string.Join('_', values.ToArray())}";
        if (initializers.Add(key))
        {
            graph.Initializer.Add(Ints(key, values));
        }

        return new OnnxValue(key);
    }

    /// <summary>A number.</summary>
    public OnnxValue InlineNumber(float value)
    {
        string key = $"float_{BitConverter.SingleToInt32Bits(value):x8}";
        if (initializers.Add(key))
        {
            graph.Initializer.Add(new TensorProto
            {
                Name = key,
                DataType = (int)TensorProto.Types.DataType.Float,
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in value))),
            });
        }

        return new OnnxValue(key);
    }

    /// <summary>A long list of indices. Equal lists are one array.</summary>
    public OnnxValue Indices(ReadOnlySpan<int> values)
    {
        long[] wide = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            wide[i] = values[i];
        }

        string key = $"indices_{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<long>(wide)))[..16]}";
        if (initializers.Add(key))
        {
            graph.Initializer.Add(weights.Add(key, wide));
        }

        return new OnnxValue(key);
    }

    /// <summary>An int64 list inside a graph.</summary>
    public static TensorProto Ints(string key, ReadOnlySpan<long> values) => new()
    {
        Name = key,
        DataType = (int)TensorProto.Types.DataType.Int64,
        Dims = { values.Length },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
    };

    private string Read(OnnxValue value)
    {
        if (value.Constant is HostTensor constant && initializers.Add(value.Name))
        {
            graph.Initializer.Add(weights.Add(value.Name, constant.Shape, constant.Values));
        }

        return value.Name;
    }
}
