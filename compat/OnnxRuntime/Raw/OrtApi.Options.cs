namespace Microsoft.ML.OnnxRuntime.Raw;

/// <summary>Options of sessions, runs and execution providers.</summary>
internal static unsafe partial class OrtApi
{
    public static nint CreateSessionOptions(nint* options) =>
        ((delegate* unmanaged<nint*, nint>)Slots[10])(options);

    public static delegate* unmanaged<nint, void> ReleaseSessionOptions =>
        (delegate* unmanaged<nint, void>)Slots[100];

    public static nint SetOptimizedModelFilePath(nint options, byte* path) =>
        ((delegate* unmanaged<nint, byte*, nint>)Slots[11])(options, path);

    public static nint SetSessionExecutionMode(nint options, int mode) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[13])(options, mode);

    public static nint EnableProfiling(nint options, byte* prefix) =>
        ((delegate* unmanaged<nint, byte*, nint>)Slots[14])(options, prefix);

    public static nint DisableProfiling(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[15])(options);

    public static nint EnableMemPattern(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[16])(options);

    public static nint DisableMemPattern(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[17])(options);

    public static nint EnableCpuMemArena(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[18])(options);

    public static nint DisableCpuMemArena(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[19])(options);

    public static nint SetSessionLogId(nint options, byte* logId) =>
        ((delegate* unmanaged<nint, byte*, nint>)Slots[20])(options, logId);

    public static nint SetSessionLogVerbosityLevel(nint options, int level) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[21])(options, level);

    public static nint SetSessionLogSeverityLevel(nint options, int level) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[22])(options, level);

    public static nint SetSessionGraphOptimizationLevel(nint options, int level) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[23])(options, level);

    public static nint SetIntraOpNumThreads(nint options, int threads) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[24])(options, threads);

    public static nint SetInterOpNumThreads(nint options, int threads) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[25])(options, threads);

    public static nint AddSessionConfigEntry(nint options, byte* key, byte* value) =>
        ((delegate* unmanaged<nint, byte*, byte*, nint>)Slots[130])(options, key, value);

    public static nint AddFreeDimensionOverrideByName(nint options, byte* name, long size) =>
        ((delegate* unmanaged<nint, byte*, long, nint>)Slots[124])(options, name, size);

    public static nint SessionOptionsAppendExecutionProvider(nint options, byte* name, byte** keys, byte** values, nuint count) =>
        ((delegate* unmanaged<nint, byte*, byte**, byte**, nuint, nint>)Slots[216])(options, name, keys, values, count);

    public static nint SessionOptionsAppendExecutionProvider_CUDA_V2(nint options, nint cudaOptions) =>
        ((delegate* unmanaged<nint, nint, nint>)Slots[204])(options, cudaOptions);

    public static nint CreateCUDAProviderOptions(nint* cudaOptions) =>
        ((delegate* unmanaged<nint*, nint>)Slots[205])(cudaOptions);

    public static nint UpdateCUDAProviderOptions(nint cudaOptions, byte** keys, byte** values, nuint count) =>
        ((delegate* unmanaged<nint, byte**, byte**, nuint, nint>)Slots[206])(cudaOptions, keys, values, count);

    public static nint GetCUDAProviderOptionsAsString(nint cudaOptions, nint allocator, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[207])(cudaOptions, allocator, text);

    public static delegate* unmanaged<nint, void> ReleaseCUDAProviderOptions =>
        (delegate* unmanaged<nint, void>)Slots[208];

    public static nint CreateRunOptions(nint* options) =>
        ((delegate* unmanaged<nint*, nint>)Slots[39])(options);

    public static delegate* unmanaged<nint, void> ReleaseRunOptions =>
        (delegate* unmanaged<nint, void>)Slots[97];

    public static nint RunOptionsSetRunLogVerbosityLevel(nint options, int level) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[40])(options, level);

    public static nint RunOptionsSetRunLogSeverityLevel(nint options, int level) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[41])(options, level);

    public static nint RunOptionsSetRunTag(nint options, byte* tag) =>
        ((delegate* unmanaged<nint, byte*, nint>)Slots[42])(options, tag);

    public static nint RunOptionsSetTerminate(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[46])(options);

    public static nint RunOptionsUnsetTerminate(nint options) =>
        ((delegate* unmanaged<nint, nint>)Slots[47])(options);

    public static nint AddRunConfigEntry(nint options, byte* key, byte* value) =>
        ((delegate* unmanaged<nint, byte*, byte*, nint>)Slots[165])(options, key, value);
}
