namespace DiTask.Model.Vision;

/// <summary>How the bytes of a map are written.</summary>
public enum MapFormat
{
    /// <summary>PNG: labels as they are, scalars and vectors as whole numbers with scale and offset.</summary>
    Png,

    /// <summary>NumPy file: labels uint8 [H, W], scalars float32 [H, W], vectors float32 [H, W, 3].</summary>
    Npy,

    /// <summary>Little-endian float32 without a header, in the order of <see cref="Npy"/>; labels stay uint8.</summary>
    F32,

    /// <summary>Little-endian float16 without a header, in the order of <see cref="Npy"/>; labels stay uint8.</summary>
    F16,

    /// <summary>No bytes: statistics only.</summary>
    None,
}
