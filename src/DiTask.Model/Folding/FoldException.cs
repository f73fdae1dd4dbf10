namespace DiTask.Model.Folding;

/// <summary>A checkpoint that is well-formed but cannot be folded as asked. The message says what was expected and what was found.</summary>
public sealed class FoldException : Exception
{
    /// <summary>Makes the error.</summary>
    public FoldException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its cause.</summary>
    public FoldException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Makes an error without a message.</summary>
    public FoldException()
    {
    }
}
