namespace DiTask.Model.Artifacts;

/// <summary>A folder is not a folded model, or not a whole one. The message says what was expected and what was found.</summary>
public sealed class ModelFolderException : Exception
{
    /// <summary>Makes the error.</summary>
    public ModelFolderException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its cause.</summary>
    public ModelFolderException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Makes an error without a message.</summary>
    public ModelFolderException()
    {
    }
}
