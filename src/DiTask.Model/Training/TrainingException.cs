namespace DiTask.Model.Training;

/// <summary>A run cannot begin or go on; what it has written so far is kept.</summary>
public sealed class TrainingException : Exception
{
    /// <inheritdoc cref="Exception(string)"/>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public TrainingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
