namespace Microsoft.ML.OnnxRuntime;

#pragma warning disable CA1032 // The original has no public constructors: only the library reports its errors.
/// <summary>An error of the native library; the message begins with its code, such as <c>[ErrorCode:NoSuchFile]</c>.</summary>
public class OnnxRuntimeException : Exception
{
    internal OnnxRuntimeException(ErrorCode code, string message)
        : base($"[ErrorCode:{code}] {message}")
    {
    }
}
