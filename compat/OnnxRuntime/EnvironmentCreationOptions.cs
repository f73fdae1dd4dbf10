namespace Microsoft.ML.OnnxRuntime;

#pragma warning disable CA1815 // The original compares nothing either.
public struct EnvironmentCreationOptions
{
    public string? logId;

    public OrtLoggingLevel? logLevel;
}
