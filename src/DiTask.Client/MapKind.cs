namespace DiTask.Client;

/// <summary>What a pixel of a map means.</summary>
public enum MapKind
{
    /// <summary>The number of a class.</summary>
    Labels,

    /// <summary>A number: metres, a probability.</summary>
    Scalar,

    /// <summary>A direction of three numbers.</summary>
    Vector,
}
