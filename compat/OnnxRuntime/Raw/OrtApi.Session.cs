namespace Microsoft.ML.OnnxRuntime.Raw;

/// <summary>Sessions, their metadata, runs and bindings.</summary>
internal static unsafe partial class OrtApi
{
    public static nint CreateSession(nint env, byte* path, nint options, nint* session) =>
        ((delegate* unmanaged<nint, byte*, nint, nint*, nint>)Slots[7])(env, path, options, session);

    public static nint CreateSessionFromArray(nint env, void* model, nuint modelBytes, nint options, nint* session) =>
        ((delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)Slots[8])(env, model, modelBytes, options, session);

    public static delegate* unmanaged<nint, void> ReleaseSession =>
        (delegate* unmanaged<nint, void>)Slots[95];

    public static nint Run(
        nint session, nint runOptions, byte** inputNames, nint* inputs, nuint inputCount, byte** outputNames, nuint outputCount, nint* outputs) =>
        ((delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)Slots[9])(
            session, runOptions, inputNames, inputs, inputCount, outputNames, outputCount, outputs);

    public static nint SessionGetInputCount(nint session, nuint* count) =>
        ((delegate* unmanaged<nint, nuint*, nint>)Slots[30])(session, count);

    public static nint SessionGetOutputCount(nint session, nuint* count) =>
        ((delegate* unmanaged<nint, nuint*, nint>)Slots[31])(session, count);

    public static nint SessionGetOverridableInitializerCount(nint session, nuint* count) =>
        ((delegate* unmanaged<nint, nuint*, nint>)Slots[32])(session, count);

    public static nint SessionGetInputTypeInfo(nint session, nuint index, nint* typeInfo) =>
        ((delegate* unmanaged<nint, nuint, nint*, nint>)Slots[33])(session, index, typeInfo);

    public static nint SessionGetOutputTypeInfo(nint session, nuint index, nint* typeInfo) =>
        ((delegate* unmanaged<nint, nuint, nint*, nint>)Slots[34])(session, index, typeInfo);

    public static nint SessionGetOverridableInitializerTypeInfo(nint session, nuint index, nint* typeInfo) =>
        ((delegate* unmanaged<nint, nuint, nint*, nint>)Slots[35])(session, index, typeInfo);

    public static nint SessionGetInputName(nint session, nuint index, nint allocator, byte** name) =>
        ((delegate* unmanaged<nint, nuint, nint, byte**, nint>)Slots[36])(session, index, allocator, name);

    public static nint SessionGetOutputName(nint session, nuint index, nint allocator, byte** name) =>
        ((delegate* unmanaged<nint, nuint, nint, byte**, nint>)Slots[37])(session, index, allocator, name);

    public static nint SessionGetOverridableInitializerName(nint session, nuint index, nint allocator, byte** name) =>
        ((delegate* unmanaged<nint, nuint, nint, byte**, nint>)Slots[38])(session, index, allocator, name);

    public static nint SessionEndProfiling(nint session, nint allocator, byte** path) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[110])(session, allocator, path);

    public static nint SessionGetProfilingStartTimeNs(nint session, ulong* nanoseconds) =>
        ((delegate* unmanaged<nint, ulong*, nint>)Slots[146])(session, nanoseconds);

    public static nint SessionGetModelMetadata(nint session, nint* metadata) =>
        ((delegate* unmanaged<nint, nint*, nint>)Slots[111])(session, metadata);

    public static delegate* unmanaged<nint, void> ReleaseModelMetadata =>
        (delegate* unmanaged<nint, void>)Slots[118];

    public static nint ModelMetadataGetProducerName(nint metadata, nint allocator, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[112])(metadata, allocator, text);

    public static nint ModelMetadataGetGraphName(nint metadata, nint allocator, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[113])(metadata, allocator, text);

    public static nint ModelMetadataGetDomain(nint metadata, nint allocator, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[114])(metadata, allocator, text);

    public static nint ModelMetadataGetDescription(nint metadata, nint allocator, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[115])(metadata, allocator, text);

    public static nint ModelMetadataGetGraphDescription(nint metadata, nint allocator, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte**, nint>)Slots[158])(metadata, allocator, text);

    public static nint ModelMetadataGetVersion(nint metadata, long* version) =>
        ((delegate* unmanaged<nint, long*, nint>)Slots[117])(metadata, version);

    public static nint ModelMetadataGetCustomMetadataMapKeys(nint metadata, nint allocator, byte*** keys, long* count) =>
        ((delegate* unmanaged<nint, nint, byte***, long*, nint>)Slots[123])(metadata, allocator, keys, count);

    public static nint ModelMetadataLookupCustomMetadataMap(nint metadata, nint allocator, byte* key, byte** text) =>
        ((delegate* unmanaged<nint, nint, byte*, byte**, nint>)Slots[116])(metadata, allocator, key, text);

    public static nint CreateIoBinding(nint session, nint* binding) =>
        ((delegate* unmanaged<nint, nint*, nint>)Slots[134])(session, binding);

    public static delegate* unmanaged<nint, void> ReleaseIoBinding =>
        (delegate* unmanaged<nint, void>)Slots[135];

    public static nint RunWithBinding(nint session, nint runOptions, nint binding) =>
        ((delegate* unmanaged<nint, nint, nint, nint>)Slots[133])(session, runOptions, binding);

    public static nint BindInput(nint binding, byte* name, nint value) =>
        ((delegate* unmanaged<nint, byte*, nint, nint>)Slots[136])(binding, name, value);

    public static nint BindOutput(nint binding, byte* name, nint value) =>
        ((delegate* unmanaged<nint, byte*, nint, nint>)Slots[137])(binding, name, value);

    public static nint BindOutputToDevice(nint binding, byte* name, nint memoryInfo) =>
        ((delegate* unmanaged<nint, byte*, nint, nint>)Slots[138])(binding, name, memoryInfo);

    public static nint GetBoundOutputNames(nint binding, nint allocator, byte** names, nuint** lengths, nuint* count) =>
        ((delegate* unmanaged<nint, nint, byte**, nuint**, nuint*, nint>)Slots[139])(binding, allocator, names, lengths, count);

    public static nint GetBoundOutputValues(nint binding, nint allocator, nint** values, nuint* count) =>
        ((delegate* unmanaged<nint, nint, nint**, nuint*, nint>)Slots[140])(binding, allocator, values, count);

    public static void ClearBoundInputs(nint binding) =>
        ((delegate* unmanaged<nint, void>)Slots[141])(binding);

    public static void ClearBoundOutputs(nint binding) =>
        ((delegate* unmanaged<nint, void>)Slots[142])(binding);

    public static nint SynchronizeBoundInputs(nint binding) =>
        ((delegate* unmanaged<nint, nint>)Slots[202])(binding);

    public static nint SynchronizeBoundOutputs(nint binding) =>
        ((delegate* unmanaged<nint, nint>)Slots[203])(binding);
}
