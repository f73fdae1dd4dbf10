namespace Microsoft.ML.OnnxRuntime.Raw;

/// <summary>Values, their types and shapes.</summary>
internal static unsafe partial class OrtApi
{
    public static nint CreateTensorAsOrtValue(nint allocator, long* shape, nuint rank, int elementType, nint* value) =>
        ((delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)Slots[48])(allocator, shape, rank, elementType, value);

    public static nint CreateTensorWithDataAsOrtValue(
        nint memoryInfo, void* data, nuint dataBytes, long* shape, nuint rank, int elementType, nint* value) =>
        ((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Slots[49])(
            memoryInfo, data, dataBytes, shape, rank, elementType, value);

    public static delegate* unmanaged<nint, void> ReleaseValue =>
        (delegate* unmanaged<nint, void>)Slots[96];

    public static nint GetValueType(nint value, int* type) =>
        ((delegate* unmanaged<nint, int*, nint>)Slots[67])(value, type);

    public static nint GetTensorMutableData(nint value, void** data) =>
        ((delegate* unmanaged<nint, void**, nint>)Slots[51])(value, data);

    public static nint GetTensorMemoryInfo(nint value, nint* memoryInfo) =>
        ((delegate* unmanaged<nint, nint*, nint>)Slots[194])(value, memoryInfo);

    public static nint GetTensorTypeAndShape(nint value, nint* info) =>
        ((delegate* unmanaged<nint, nint*, nint>)Slots[65])(value, info);

    public static void ReleaseTensorTypeAndShapeInfo(nint info) =>
        ((delegate* unmanaged<nint, void>)Slots[99])(info);

    public static nint GetTensorElementType(nint info, int* type) =>
        ((delegate* unmanaged<nint, int*, nint>)Slots[60])(info, type);

    public static nint GetTensorShapeElementCount(nint info, nuint* count) =>
        ((delegate* unmanaged<nint, nuint*, nint>)Slots[64])(info, count);

    public static nint GetDimensionsCount(nint info, nuint* rank) =>
        ((delegate* unmanaged<nint, nuint*, nint>)Slots[61])(info, rank);

    public static nint GetDimensions(nint info, long* dimensions, nuint rank) =>
        ((delegate* unmanaged<nint, long*, nuint, nint>)Slots[62])(info, dimensions, rank);

    public static nint GetSymbolicDimensions(nint info, byte** names, nuint rank) =>
        ((delegate* unmanaged<nint, byte**, nuint, nint>)Slots[63])(info, names, rank);

    public static nint GetOnnxTypeFromTypeInfo(nint typeInfo, int* type) =>
        ((delegate* unmanaged<nint, int*, nint>)Slots[56])(typeInfo, type);

    public static nint CastTypeInfoToTensorInfo(nint typeInfo, nint* info) =>
        ((delegate* unmanaged<nint, nint*, nint>)Slots[55])(typeInfo, info);

    public static void ReleaseTypeInfo(nint typeInfo) =>
        ((delegate* unmanaged<nint, void>)Slots[98])(typeInfo);
}
