namespace Microsoft.ML.OnnxRuntime.Raw;

/// <summary>
/// The C functions by their slot in the OrtApi table. A function that returns <see cref="nint"/> returns an OrtStatus
/// for <see cref="Handles.OrtStatus.Check"/>; a Release function is handed out as a pointer for <see cref="Handles.OrtHandle"/>.
/// </summary>
internal static unsafe partial class OrtApi
{
    private static void** Slots => OrtLibrary.Current.Slots;

    public static nint SessionOptionsAppendExecutionProvider_CPU(nint options, int useArena) =>
        ((delegate* unmanaged<nint, int, nint>)OrtLibrary.Current.AppendCpu)(options, useArena);
}
