using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Names a kind of memory: an allocator, a device and a memory type.</summary>
public sealed unsafe class OrtMemoryInfo : IDisposable, IEquatable<OrtMemoryInfo>
{
    private static readonly Lazy<OrtMemoryInfo> Default = new(CreateDefault);

    private readonly bool shared;

    public OrtMemoryInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
    {
        nint created;
        fixed (byte* name = Utf8.Encode(allocatorName, nameof(allocatorName)))
        {
            OrtStatus.Check(OrtApi.CreateMemoryInfo(name, (int)allocatorType, deviceId, (int)memoryType, &created));
        }

        Handle = new OrtHandle(typeof(OrtMemoryInfo), created, OrtApi.ReleaseMemoryInfo);
    }

    private OrtMemoryInfo(OrtHandle handle, bool shared)
    {
        Handle = handle;
        this.shared = shared;
    }

    /// <summary>Plain CPU memory; disposing it does nothing.</summary>
    public static OrtMemoryInfo DefaultInstance => Default.Value;

    public string Name
    {
        get
        {
            using Lease info = Handle.Use();
            byte* name;
            OrtStatus.Check(OrtApi.MemoryInfoGetName(info.Pointer, &name));
            return Utf8.Decode(name);
        }
    }

    public int Id
    {
        get
        {
            using Lease info = Handle.Use();
            int id;
            OrtStatus.Check(OrtApi.MemoryInfoGetId(info.Pointer, &id));
            return id;
        }
    }

    internal OrtHandle Handle { get; }

    public OrtMemType GetMemoryType()
    {
        using Lease info = Handle.Use();
        int type;
        OrtStatus.Check(OrtApi.MemoryInfoGetMemType(info.Pointer, &type));
        return (OrtMemType)type;
    }

    public OrtAllocatorType GetAllocatorType()
    {
        using Lease info = Handle.Use();
        int type;
        OrtStatus.Check(OrtApi.MemoryInfoGetType(info.Pointer, &type));
        return (OrtAllocatorType)type;
    }

    public bool Equals(OrtMemoryInfo? other)
    {
        if (other is null || ReferenceEquals(this, other))
        {
            return other is not null;
        }

        using Lease left = Handle.Use();
        using Lease right = other.Handle.Use();
        int difference;
        OrtStatus.Check(OrtApi.CompareMemoryInfo(left.Pointer, right.Pointer, &difference));
        return difference == 0;
    }

    public override bool Equals(object? obj) => Equals(obj as OrtMemoryInfo);

    public override int GetHashCode() => HashCode.Combine(Name, Id, GetMemoryType(), GetAllocatorType());

    public void Dispose()
    {
        if (!shared)
        {
            Handle.Dispose();
        }
    }

    /// <summary>A view of what <paramref name="owner"/> holds; the owner lives as long as the view.</summary>
    internal static OrtMemoryInfo View(nint pointer, OrtHandle owner) =>
        new(new OrtHandle(typeof(OrtMemoryInfo), pointer, null, new SharedReference(owner)), shared: false);

    private static OrtMemoryInfo CreateDefault()
    {
        nint created;
        OrtStatus.Check(OrtApi.CreateCpuMemoryInfo((int)OrtAllocatorType.DeviceAllocator, (int)OrtMemType.Cpu, &created));
        return new OrtMemoryInfo(new OrtHandle(typeof(OrtMemoryInfo), created, OrtApi.ReleaseMemoryInfo), shared: true);
    }
}
