using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

#pragma warning disable CA1815 // The original compares nothing either.
/// <summary>Element type and dimensions of a tensor, copied from the native library.</summary>
public readonly struct OrtTensorTypeAndShapeInfo
{
    /// <summary>Reads an OrtTensorTypeAndShapeInfo, which the caller keeps.</summary>
    internal unsafe OrtTensorTypeAndShapeInfo(nint info)
    {
        int elementType;
        nuint count, rank;
        OrtStatus.Check(OrtApi.GetTensorElementType(info, &elementType));
        OrtStatus.Check(OrtApi.GetTensorShapeElementCount(info, &count));
        OrtStatus.Check(OrtApi.GetDimensionsCount(info, &rank));
        long[] shape = new long[rank];
        fixed (long* dimensions = shape)
        {
            OrtStatus.Check(OrtApi.GetDimensions(info, dimensions, rank));
        }

        ElementDataType = (TensorElementType)elementType;
        ElementCount = (long)count;
        Shape = shape;
    }

    public TensorElementType ElementDataType { get; }

    public bool IsString => ElementDataType == TensorElementType.String;

    public long ElementCount { get; }

    public int DimensionsCount => Shape.Length;

#pragma warning disable CA1819 // An array, as in the original.
    public long[] Shape { get; }
#pragma warning restore CA1819
}
