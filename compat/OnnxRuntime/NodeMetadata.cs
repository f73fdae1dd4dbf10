using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a model declares about one of its inputs or outputs.</summary>
public sealed class NodeMetadata
{
    private readonly TensorTypeAndShape? tensor;

    private NodeMetadata(OnnxValueType type, TensorTypeAndShape? tensor)
    {
        OnnxValueType = type;
        this.tensor = tensor;
    }

    public OnnxValueType OnnxValueType { get; }

    public bool IsTensor => OnnxValueType is OnnxValueType.ONNX_TYPE_TENSOR or OnnxValueType.ONNX_TYPE_SPARSETENSOR;

    public bool IsString => Tensor.ElementDataType == TensorElementType.String;

#pragma warning disable CA1819 // Arrays, as in the original.
    /// <summary>A dimension that the model leaves free is -1.</summary>
    public int[] Dimensions => Tensor.Dimensions;

    /// <summary>Empty where a dimension has a number.</summary>
    public string[] SymbolicDimensions => Tensor.SymbolicDimensions;
#pragma warning restore CA1819

    public Type ElementType => ElementTypes.ToType(Tensor.ElementDataType);

    public TensorElementType ElementDataType => Tensor.ElementDataType;

    private TensorTypeAndShape Tensor =>
        tensor ?? throw new OnnxRuntimeException(ErrorCode.Fail, $"The node is {OnnxValueType}, not a tensor.");

    /// <summary>Reads an OrtTypeInfo, which the caller keeps.</summary>
    internal static unsafe NodeMetadata Read(nint typeInfo)
    {
        int type;
        nint tensorInfo;
        OrtStatus.Check(OrtApi.GetOnnxTypeFromTypeInfo(typeInfo, &type));
        OrtStatus.Check(OrtApi.CastTypeInfoToTensorInfo(typeInfo, &tensorInfo));
        return new NodeMetadata((OnnxValueType)type, tensorInfo == 0 ? null : TensorTypeAndShape.Read(tensorInfo));
    }
}
