using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime.Handles;

internal static unsafe class Utf8
{
    /// <summary>Zero-terminated bytes at a fixed address, valid while the array is referenced.</summary>
    public static byte[] Encode(string text, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(text, parameterName);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The text holds a NUL character, at which the native library would cut it off.", parameterName);
        }

        byte[] bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>The address of what <see cref="Encode"/> returned.</summary>
    public static byte* Address(byte[] encoded) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(encoded, 0);

    public static string Decode(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;

    /// <summary>Decodes a string that the default allocator made, and frees it.</summary>
    public static string Take(byte* text)
    {
        string decoded = Decode(text);
        Free(text);
        return decoded;
    }

    public static void Free(void* memory)
    {
        if (memory != null)
        {
            OrtStatus.Check(OrtApi.AllocatorFree(OrtAllocator.DefaultPointer, memory));
        }
    }
}
