namespace DiTask.Model.Data;

/// <summary>A data set is not laid out, or not filled, as it has to be. The message names the file, what was expected and what was found.</summary>
public sealed class DatasetException : Exception
{
    /// <inheritdoc cref="Exception(string)"/>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public DatasetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
