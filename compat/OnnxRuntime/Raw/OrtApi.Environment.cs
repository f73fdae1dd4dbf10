namespace Microsoft.ML.OnnxRuntime.Raw;

/// <summary>Status, environment, allocators and memory descriptions.</summary>
internal static unsafe partial class OrtApi
{
    public static int GetErrorCode(nint status) =>
        ((delegate* unmanaged<nint, int>)Slots[1])(status);

    public static byte* GetErrorMessage(nint status) =>
        ((delegate* unmanaged<nint, byte*>)Slots[2])(status);

    public static void ReleaseStatus(nint status) =>
        ((delegate* unmanaged<nint, void>)Slots[93])(status);

    public static nint CreateEnv(int severity, byte* logId, nint* env) =>
        ((delegate* unmanaged<int, byte*, nint*, nint>)Slots[3])(severity, logId, env);

    public static delegate* unmanaged<nint, void> ReleaseEnv =>
        (delegate* unmanaged<nint, void>)Slots[92];

    public static nint DisableTelemetryEvents(nint env) =>
        ((delegate* unmanaged<nint, nint>)Slots[6])(env);

    public static nint UpdateEnvWithCustomLogLevel(nint env, int severity) =>
        ((delegate* unmanaged<nint, int, nint>)Slots[226])(env, severity);

    public static nint GetAvailableProviders(byte*** providers, int* count) =>
        ((delegate* unmanaged<byte***, int*, nint>)Slots[125])(providers, count);

    public static nint ReleaseAvailableProviders(byte** providers, int count) =>
        ((delegate* unmanaged<byte**, int, nint>)Slots[126])(providers, count);

    public static nint GetAllocatorWithDefaultOptions(nint* allocator) =>
        ((delegate* unmanaged<nint*, nint>)Slots[78])(allocator);

    public static nint CreateAllocator(nint session, nint memoryInfo, nint* allocator) =>
        ((delegate* unmanaged<nint, nint, nint*, nint>)Slots[131])(session, memoryInfo, allocator);

    public static delegate* unmanaged<nint, void> ReleaseAllocator =>
        (delegate* unmanaged<nint, void>)Slots[132];

    public static nint AllocatorFree(nint allocator, void* memory) =>
        ((delegate* unmanaged<nint, void*, nint>)Slots[76])(allocator, memory);

    public static nint AllocatorGetInfo(nint allocator, nint* memoryInfo) =>
        ((delegate* unmanaged<nint, nint*, nint>)Slots[77])(allocator, memoryInfo);

    public static nint CreateMemoryInfo(byte* name, int allocatorType, int id, int memType, nint* memoryInfo) =>
        ((delegate* unmanaged<byte*, int, int, int, nint*, nint>)Slots[68])(name, allocatorType, id, memType, memoryInfo);

    public static nint CreateCpuMemoryInfo(int allocatorType, int memType, nint* memoryInfo) =>
        ((delegate* unmanaged<int, int, nint*, nint>)Slots[69])(allocatorType, memType, memoryInfo);

    public static delegate* unmanaged<nint, void> ReleaseMemoryInfo =>
        (delegate* unmanaged<nint, void>)Slots[94];

    public static nint CompareMemoryInfo(nint left, nint right, int* difference) =>
        ((delegate* unmanaged<nint, nint, int*, nint>)Slots[70])(left, right, difference);

    public static nint MemoryInfoGetName(nint memoryInfo, byte** name) =>
        ((delegate* unmanaged<nint, byte**, nint>)Slots[71])(memoryInfo, name);

    public static nint MemoryInfoGetId(nint memoryInfo, int* id) =>
        ((delegate* unmanaged<nint, int*, nint>)Slots[72])(memoryInfo, id);

    public static nint MemoryInfoGetMemType(nint memoryInfo, int* memType) =>
        ((delegate* unmanaged<nint, int*, nint>)Slots[73])(memoryInfo, memType);

    public static nint MemoryInfoGetType(nint memoryInfo, int* allocatorType) =>
        ((delegate* unmanaged<nint, int*, nint>)Slots[74])(memoryInfo, allocatorType);
}
