using System.Globalization;
using System.Text.RegularExpressions;

namespace DiTask.Model.Inference;

/// <summary>Tells failures of a run apart by what ONNX Runtime and its providers write; their codes say no more than "failed".</summary>
public static partial class RunFailures
{
    /// <summary>What allocators write: the arena with a limit, the CPU's, CUDA's, its libraries', WebGPU's.</summary>
    private static readonly string[] MemorySigns =
    [
        "smaller than requested bytes",
        "Failed to allocate memory",
        "bad_alloc",
        "bad allocation",
        "out of memory",
        "out_of_memory",
        "STATUS_ALLOC_FAILED",
    ];

    /// <summary>What is written when the device does not answer any more.</summary>
    private static readonly string[] LossSigns = ["device lost", "device was lost", "device is lost", "GPU is lost", "VK_ERROR_DEVICE_LOST"];

    /// <summary>
    /// Numbers of cudaError_t after which every call of the process fails: initialisation, no device, device not available, uncorrectable ECC error,
    /// NVLink error, illegal address, launch timeout, assertion, hardware stack error, illegal instruction, misaligned address, invalid address space,
    /// invalid program counter, launch failure, unknown.
    /// </summary>
    private static readonly int[] LostCodes = [3, 46, 100, 214, 220, 700, 702, 710, 714, 715, 716, 717, 718, 719, 999];

    /// <summary>Says what kind of failure <paramref name="exception"/>, or one inside it, is.</summary>
    public static RunFailure Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            // A lost device also fails to allocate, so its signs come first.
            if (Array.Exists(LossSigns, sign => one.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)) || HasLostCode(one.Message))
            {
                return RunFailure.DeviceLost;
            }

            if (one is OutOfMemoryException || Array.Exists(MemorySigns, sign => one.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            {
                return RunFailure.OutOfMemory;
            }
        }

        return RunFailure.Other;
    }

    private static bool HasLostCode(string message) => CudaFailure().Matches(message)
        .Any(match => int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && LostCodes.Contains(code));

    [GeneratedRegex(@"\bCUDA failure (\d{1,5})\b", RegexOptions.CultureInvariant)]
    private static partial Regex CudaFailure();
}
