using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

/// <summary>How queued images become runs. Section <c>Batching</c>.</summary>
internal sealed class BatchingOptions : IValidatableObject
{
    public const string Section = "Batching";

    /// <summary>Most images of one run. Default 8.</summary>
    [Range(1, 256)]
    public int MaxBatchSize { get; set; } = 8;

    /// <summary>Longest the oldest image waits for company. Default zero: run whatever is queued.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Most images that wait. More are refused with 429. Default 32.</summary>
    [Range(1, 4096)]
    public int QueueCapacity { get; set; } = 32;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (QueueCapacity < MaxBatchSize)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(QueueCapacity)} is {QueueCapacity}; it must hold a full batch, {Section}:{nameof(MaxBatchSize)} = {MaxBatchSize}.",
                [nameof(QueueCapacity)]);
        }
    }
}
