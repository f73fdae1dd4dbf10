namespace DiTask.Model.Vision;

/// <summary>Why a picture was refused.</summary>
public enum ImageRejection
{
    /// <summary>The bytes are none of the accepted formats.</summary>
    UnsupportedFormat,

    /// <summary>The header claims more pixels than allowed.</summary>
    TooManyPixels,

    /// <summary>The format is known, but the bytes are broken or end early.</summary>
    Undecodable,

    /// <summary>There are no bytes.</summary>
    Empty,
}
