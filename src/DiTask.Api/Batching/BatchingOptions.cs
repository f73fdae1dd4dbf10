using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

/// <summary>How queued images become runs. Section <c>Batching</c>.</summary>
internal sealed class BatchingOptions : IValidatableObject
{
    public const string Section = "Batching";

    /// <summary>Images that a run may have, ascending with commas between, 1 among them. Each is warmed up. Default 1,2,4,8,16.</summary>
    public string Sizes { get; set; } = "1,2,4,8,16";

    /// <summary>When a run is filled up to an allowed size: auto, always or never. Default auto.</summary>
    public BatchPadding Padding { get; set; } = BatchPadding.Auto;

    /// <summary>Longest the oldest image waits for company. Default zero: run whatever is queued.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Most images that wait. More are refused with 429. Default 32.</summary>
    [Range(1, 4096)]
    public int QueueCapacity { get; set; } = 32;

    /// <summary>The time in which an image should be answered: with it the capacity follows from the measured throughput, and QueueCapacity does not count. Default none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan? TargetLatency { get; set; }

    /// <summary>After a run that needed more memory than there is, how long runs have half its size at most. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MemoryCooldown { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The allowed sizes, understood.</summary>
    /// <exception cref="FormatException">They are not valid.</exception>
    public BatchSizes ReadSizes() => BatchSizes.Parse(Sizes);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatchSizes.TryParse(Sizes) is not { } sizes)
        {
            yield return new ValidationResult($"{Section}:{nameof(Sizes)} is '{Sizes}'; expected {BatchSizes.Expected}, such as 1,2,4,8,16.", [nameof(Sizes)]);
        }
        else if (QueueCapacity < sizes.Largest)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(QueueCapacity)} is {QueueCapacity}; it must hold a full batch, {sizes.Largest} of {Section}:{nameof(Sizes)}.",
                [nameof(QueueCapacity)]);
        }
    }
}
