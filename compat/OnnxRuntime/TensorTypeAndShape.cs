using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A model's declaration of a tensor; a dimension that is free is -1, and its name is in the symbolic dimensions.</summary>
internal sealed record TensorTypeAndShape(TensorElementType ElementDataType, int[] Dimensions, string[] SymbolicDimensions)
{
    /// <summary>Reads an OrtTensorTypeAndShapeInfo, which the caller keeps.</summary>
    public static unsafe TensorTypeAndShape Read(nint info)
    {
        int elementType;
        nuint rank;
        OrtStatus.Check(OrtApi.GetTensorElementType(info, &elementType));
        OrtStatus.Check(OrtApi.GetDimensionsCount(info, &rank));

        long[] dimensions = new long[rank];
        nint[] names = new nint[rank];
        fixed (long* values = dimensions)
        fixed (nint* texts = names)
        {
            OrtStatus.Check(OrtApi.GetDimensions(info, values, rank));
            OrtStatus.Check(OrtApi.GetSymbolicDimensions(info, (byte**)texts, rank));
        }

        return new TensorTypeAndShape(
            (TensorElementType)elementType,
            Array.ConvertAll(dimensions, dimension => checked((int)dimension)),
            Array.ConvertAll(names, name => Utf8.Decode((byte*)name)));
    }
}
