using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Makes memory for tensors: the process's CPU allocator, or one of a session's devices.</summary>
public sealed unsafe class OrtAllocator : IDisposable
{
    private static readonly Lazy<OrtAllocator> Default = new(CreateDefault);

    private readonly bool shared;

    public OrtAllocator(InferenceSession session, OrtMemoryInfo memInfo)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(memInfo);
        using Lease info = memInfo.Handle.Use();
        using var kept = new SharedReference(session.Handle);
        nint created;
        OrtStatus.Check(OrtApi.CreateAllocator(kept.Pointer, info.Pointer, &created));
        Handle = new OrtHandle(typeof(OrtAllocator), created, OrtApi.ReleaseAllocator, kept.Retain());
    }

    private OrtAllocator(nint pointer)
    {
        Handle = new OrtHandle(typeof(OrtAllocator), pointer, null);
        shared = true;
    }

    /// <summary>Plain CPU memory; disposing it does nothing.</summary>
    public static OrtAllocator DefaultInstance => Default.Value;

    public OrtMemoryInfo Info
    {
        get
        {
            using Lease allocator = Handle.Use();
            nint info;
            OrtStatus.Check(OrtApi.AllocatorGetInfo(allocator.Pointer, &info));
            return OrtMemoryInfo.View(info, Handle);
        }
    }

    /// <summary>The default allocator lives as long as the process, so its pointer needs no lease.</summary>
    internal static nint DefaultPointer => DefaultInstance.Handle.DangerousGetHandle();

    internal OrtHandle Handle { get; }

    public void Dispose()
    {
        if (!shared)
        {
            Handle.Dispose();
        }
    }

    private static OrtAllocator CreateDefault()
    {
        nint allocator;
        OrtStatus.Check(OrtApi.GetAllocatorWithDefaultOptions(&allocator));
        return new OrtAllocator(allocator);
    }
}
