using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Predict;

/// <summary>What a request may cost. Section <c>Limits</c>. An error that a limit causes names it.</summary>
internal sealed class LimitsOptions : IValidatableObject
{
    public const string Section = "Limits";

    /// <summary>Memory per pixel while most pictures are decoded: the decoder's RGBA and our upright RGB.</summary>
    public const int DecodeBytesPerPixel = 7;

    /// <summary>Most bytes of a request body. Default 32 MiB.</summary>
    [Range(1024, 1 << 30)]
    public long MaxBodyBytes { get; set; } = 32L << 20;

    /// <summary>Most bytes of a compressed request body after decompression. Default 64 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxDecompressedBytes { get; set; } = 64 << 20;

    /// <summary>Most bytes of one image. Default 20 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxImageBytes { get; set; } = 20 << 20;

    /// <summary>Most pixels of one image, read off its header before it is decoded. Default 40 million.</summary>
    [Range(1024, 1_000_000_000)]
    public long MaxImagePixels { get; set; } = 40_000_000;

    /// <summary>Most images of one request. Default 16.</summary>
    [Range(1, 1024)]
    public int MaxImages { get; set; } = 16;

    /// <summary>Most pixels of one map, for <c>size=source</c> and <c>size=WxH</c>. Default 16 million.</summary>
    [Range(1024, 1_000_000_000)]
    public long MaxMapPixels { get; set; } = 16_000_000;

    /// <summary>Most bytes of a JSON answer, estimated before the model runs. Default 32 MiB.</summary>
    [Range(1024, 1L << 31)]
    public long MaxJsonBytes { get; set; } = 32L << 20;

    /// <summary>Most levels of objects and lists in a JSON body. Default 16.</summary>
    [Range(4, 64)]
    public int MaxJsonDepth { get; set; } = 16;

    /// <summary>Longest that the headers of a request may take to arrive. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest that a body may arrive and an answer be fetched, after the first 5 s; 0 for any. A slower body is 408. Default 240.</summary>
    [Range(0, 1 << 30)]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>Memory for the pictures that are decoded at one time. Default 512 MiB.</summary>
    [Range(1 << 20, 1L << 40)]
    public long DecodeMemoryBytes { get; set; } = 512L << 20;

    /// <summary>Longest that a picture waits for a part of that memory. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DecodeMemoryWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pictures and maps that are worked on at one time; 0 takes the number of processors. Default 0.</summary>
    [Range(0, 1024)]
    public int CpuConcurrency { get; set; }

    /// <summary>Longest that a request takes when its caller says nothing. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest that a caller may ask for with X-Request-Timeout. Default 120 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxDeadline { get; set; } = TimeSpan.FromSeconds(120);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxImagePixels * DecodeBytesPerPixel > DecodeMemoryBytes)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(DecodeMemoryBytes)} is {DecodeMemoryBytes}; one image of {Section}:{nameof(MaxImagePixels)} = {MaxImagePixels} needs {MaxImagePixels * DecodeBytesPerPixel}.",
                [nameof(DecodeMemoryBytes)]);
        }

        if (MaxImageBytes > MaxBodyBytes)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(MaxImageBytes)} is {MaxImageBytes}, more than {Section}:{nameof(MaxBodyBytes)} = {MaxBodyBytes}.", [nameof(MaxImageBytes)]);
        }

        if (Deadline > MaxDeadline)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Deadline)} is {Deadline}, more than {Section}:{nameof(MaxDeadline)} = {MaxDeadline}.", [nameof(Deadline)]);
        }
    }
}
