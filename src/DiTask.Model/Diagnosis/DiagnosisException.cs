namespace DiTask.Model.Diagnosis;

/// <summary>A checkpoint and a data set that no diagnosis can be made of.</summary>
public sealed class DiagnosisException : Exception
{
    /// <inheritdoc cref="Exception(string)"/>
    public DiagnosisException(string message)
        : base(message)
    {
    }
}
