using DiTask.Model.Files;
using DiTask.Model.Onnx.Proto;
using Google.Protobuf;

namespace DiTask.Model.Onnx;

/// <summary>What surrounds a graph in a file.</summary>
internal static class OnnxModel
{
    /// <summary>A model of one graph.</summary>
    public static ModelProto Wrap(GraphProto graph) => new()
    {
        IrVersion = OnnxFormat.IrVersion,
        ProducerName = MadeBy.Tool.Split(' ')[0],
        ProducerVersion = MadeBy.Tool.Split(' ')[1],
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OnnxFormat.Opset } },
    };

    /// <summary>Name, type and shape of an input or output; -1 is the batch axis, -2 the axis of chosen rows.</summary>
    public static ValueInfoProto Declare(string name, TensorProto.Types.DataType type, ReadOnlySpan<int> shape)
    {
        TensorShapeProto dimensions = new();
        foreach (int size in shape)
        {
            dimensions.Dim.Add(size < 0
                ? new TensorShapeProto.Types.Dimension { DimParam = OnnxFormat.DynamicAxes[-1 - size] }
                : new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }

    /// <summary>Writes the model to a new file and flushes it to disk.</summary>
    public static void Write(ModelProto model, string path)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        model.WriteTo(stream);
        stream.Flush(flushToDisk: true);
    }
}
