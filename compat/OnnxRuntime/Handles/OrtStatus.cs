using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime.Handles;

internal static unsafe class OrtStatus
{
    /// <summary>Turns a status into an exception and releases it; zero means success.</summary>
    public static void Check(nint status)
    {
        if (status != 0)
        {
            throw TakeException(status);
        }
    }

    private static OnnxRuntimeException TakeException(nint status)
    {
        var code = (ErrorCode)OrtApi.GetErrorCode(status);
        string message = Utf8.Decode(OrtApi.GetErrorMessage(status)).Trim();
        OrtApi.ReleaseStatus(status);
        return new OnnxRuntimeException(code, message);
    }
}
