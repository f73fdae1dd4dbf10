using System.Diagnostics.CodeAnalysis;

namespace DiTask.Model.Checkpoints;

/// <summary>Element type of a stored tensor.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The members are type names.")]
public enum TensorType
{
    /// <summary>The upper half of a float32.</summary>
    BFloat16,

    /// <summary>IEEE 754 half precision.</summary>
    Float16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,

    /// <summary>Signed, 1 byte.</summary>
    Int8,

    /// <summary>Signed, 2 bytes.</summary>
    Int16,

    /// <summary>Signed, 4 bytes.</summary>
    Int32,

    /// <summary>Signed, 8 bytes.</summary>
    Int64,

    /// <summary>Unsigned, 1 byte.</summary>
    UInt8,

    /// <summary>One byte, zero or not.</summary>
    Bool,

    /// <summary>A type that is listed but not read: complex, quantised, 8-bit float.</summary>
    Other,
}
