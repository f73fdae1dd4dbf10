using System.Runtime.InteropServices;

namespace DiTask.Model.Inference;

/// <summary>Keeps ONNX Runtime from reporting its use, and from storing an id of the machine in the user's cache folder.</summary>
/// <remarks>The library reads this variable when it loads; its own switch, <c>OrtEnv.DisableTelemetryEvents</c>, comes after the id is stored.</remarks>
internal static class OrtTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Sets the variable for this process, unless its user has set it. Takes effect before the library is loaded.</summary>
    public static void Disable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return;
        }

        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // .NET keeps variables of its own there; a library sees those of the C library.
            _ = SetVariable(Variable, "1", 1);
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
