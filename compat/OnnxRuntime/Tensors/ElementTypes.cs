namespace Microsoft.ML.OnnxRuntime.Tensors;

/// <summary>The .NET types that tensors in managed memory can have.</summary>
internal static class ElementTypes
{
    public static TensorElementType Of<T>()
        where T : unmanaged => default(T) switch
        {
            float => TensorElementType.Float,
            double => TensorElementType.Double,
            Float16 => TensorElementType.Float16,
            sbyte => TensorElementType.Int8,
            byte => TensorElementType.UInt8,
            short => TensorElementType.Int16,
            ushort => TensorElementType.UInt16,
            int => TensorElementType.Int32,
            uint => TensorElementType.UInt32,
            long => TensorElementType.Int64,
            ulong => TensorElementType.UInt64,
            bool => TensorElementType.Bool,
            _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Tensors of {typeof(T)} are not supported."),
        };

    public static Type ToType(TensorElementType elementType) => elementType switch
    {
        TensorElementType.Float => typeof(float),
        TensorElementType.Double => typeof(double),
        TensorElementType.Float16 => typeof(Float16),
        TensorElementType.Int8 => typeof(sbyte),
        TensorElementType.UInt8 => typeof(byte),
        TensorElementType.Int16 => typeof(short),
        TensorElementType.UInt16 => typeof(ushort),
        TensorElementType.Int32 => typeof(int),
        TensorElementType.UInt32 => typeof(uint),
        TensorElementType.Int64 => typeof(long),
        TensorElementType.UInt64 => typeof(ulong),
        TensorElementType.Bool => typeof(bool),
        TensorElementType.String => typeof(string),
        _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Tensors of {elementType} are not supported."),
    };

    public static int SizeInBytes(TensorElementType elementType) => elementType switch
    {
        TensorElementType.Int8 or TensorElementType.UInt8 or TensorElementType.Bool => 1,
        TensorElementType.Int16 or TensorElementType.UInt16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Int32 or TensorElementType.UInt32 or TensorElementType.Float => 4,
        TensorElementType.Int64 or TensorElementType.UInt64 or TensorElementType.Double => 8,
        _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"{elementType} has no fixed size in memory."),
    };
}
