namespace DiTask.Model.Checkpoints;

/// <summary>An element type by its names in the file formats.</summary>
/// <param name="Type">What the reader makes of it.</param>
/// <param name="Name">The name as PyTorch prints it, such as <c>float32</c>.</param>
/// <param name="Bytes">Size of one element.</param>
internal sealed record ElementType(TensorType Type, string Name, int Bytes)
{
    private static readonly ElementType[] Known =
    [
        new(TensorType.BFloat16, "bfloat16", 2),
        new(TensorType.Float16, "float16", 2),
        new(TensorType.Float32, "float32", 4),
        new(TensorType.Float64, "float64", 8),
        new(TensorType.Int8, "int8", 1),
        new(TensorType.Int16, "int16", 2),
        new(TensorType.Int32, "int32", 4),
        new(TensorType.Int64, "int64", 8),
        new(TensorType.UInt8, "uint8", 1),
        new(TensorType.Bool, "bool", 1),
        new(TensorType.Other, "uint16", 2),
        new(TensorType.Other, "uint32", 4),
        new(TensorType.Other, "uint64", 8),
        new(TensorType.Other, "complex32", 4),
        new(TensorType.Other, "complex64", 8),
        new(TensorType.Other, "complex128", 16),
        new(TensorType.Other, "qint8", 1),
        new(TensorType.Other, "quint8", 1),
        new(TensorType.Other, "qint32", 4),
        new(TensorType.Other, "float8_e4m3fn", 1),
        new(TensorType.Other, "float8_e5m2", 1),
    ];

    private static readonly Dictionary<string, string> StorageNames = new()
    {
        ["BFloat16Storage"] = "bfloat16",
        ["HalfStorage"] = "float16",
        ["FloatStorage"] = "float32",
        ["DoubleStorage"] = "float64",
        ["CharStorage"] = "int8",
        ["ShortStorage"] = "int16",
        ["IntStorage"] = "int32",
        ["LongStorage"] = "int64",
        ["ByteStorage"] = "uint8",
        ["UntypedStorage"] = "uint8",
        ["BoolStorage"] = "bool",
        ["ComplexFloatStorage"] = "complex64",
        ["ComplexDoubleStorage"] = "complex128",
        ["QInt8Storage"] = "qint8",
        ["QUInt8Storage"] = "quint8",
        ["QInt32Storage"] = "qint32",
    };

    private static readonly Dictionary<string, string> SafetensorsNames = new()
    {
        ["BF16"] = "bfloat16",
        ["F16"] = "float16",
        ["F32"] = "float32",
        ["F64"] = "float64",
        ["I8"] = "int8",
        ["I16"] = "int16",
        ["I32"] = "int32",
        ["I64"] = "int64",
        ["U8"] = "uint8",
        ["U16"] = "uint16",
        ["U32"] = "uint32",
        ["U64"] = "uint64",
        ["BOOL"] = "bool",
        ["C64"] = "complex64",
        ["F8_E4M3"] = "float8_e4m3fn",
        ["F8_E5M2"] = "float8_e5m2",
    };

    public static IEnumerable<string> AllSafetensorsNames => SafetensorsNames.Keys;

    /// <summary>By the name that PyTorch prints, or null.</summary>
    public static ElementType? ByName(string name) => Array.Find(Known, type => type.Name == name);

    /// <summary>By the class of a storage, such as <c>FloatStorage</c>, or null.</summary>
    public static ElementType? ByStorage(string name) => StorageNames.TryGetValue(name, out string? type) ? ByName(type) : null;

    /// <summary>By the name in a safetensors header, such as <c>F32</c>, or null.</summary>
    public static ElementType? BySafetensors(string name) => SafetensorsNames.TryGetValue(name, out string? type) ? ByName(type) : null;
}
