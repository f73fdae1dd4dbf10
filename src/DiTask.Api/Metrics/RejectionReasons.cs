using DiTask.Api.Problems;

namespace DiTask.Api.Metrics;

/// <summary>Errors that turn a request away for the service's own sake, under few names.</summary>
internal static class RejectionReasons
{
    public static readonly string[] All = ["queue_full", "deadline", "memory", "loading", "draining", "model_failed", "auth", "limit"];

    /// <summary>The reason's label; null for errors that are of another kind.</summary>
    public static string? Of(ErrorCode code) => code switch
    {
        ErrorCode.QueueFull => "queue_full",
        ErrorCode.DeadlineUnreachable => "deadline",
        ErrorCode.MemoryBudget => "memory",
        ErrorCode.Loading or ErrorCode.Warming => "loading",
        ErrorCode.Draining => "draining",
        ErrorCode.ModelFailed or ErrorCode.DeviceLost => "model_failed",
        ErrorCode.Unauthenticated or ErrorCode.Forbidden => "auth",
        ErrorCode.BodyTooLarge or ErrorCode.ImageTooLarge or ErrorCode.TooManyPixels or ErrorCode.TooManyImages => "limit",
        _ => null,
    };
}
