using System.Globalization;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>The time that a request has left, and the stage that it is in.</summary>
internal sealed class Deadline : IDisposable
{
    public const string Header = "X-Request-Timeout";

    private readonly TimeProvider time;
    private readonly TimeSpan limit;
    private readonly long start;
    private readonly CancellationTokenSource expired;
    private readonly CancellationTokenSource either;
    private readonly CancellationToken caller;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        this.limit = limit;
        this.time = time;
        this.caller = caller;
        start = time.GetTimestamp();
        expired = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, caller);
    }

    /// <summary>The caller left or the time is over.</summary>
    public CancellationToken Cancellation => either.Token;

    /// <summary>Since the request began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>Until the time is over.</summary>
    public TimeSpan Left => limit - Elapsed;

    /// <summary>Where the request is, for the error when the time is over.</summary>
    public string Stage { get; set; } = "read";

    /// <summary>Whether it was the time and not the caller that ended the request.</summary>
    public bool HasExpired => expired.IsCancellationRequested && !caller.IsCancellationRequested;

    /// <summary>The error of a request whose time is over.</summary>
    public RequestError Error => new(
        ErrorCode.DeadlineExceeded,
        string.Create(CultureInfo.InvariantCulture, $"The request had {limit.TotalSeconds:0.###} s and was in stage '{Stage}' when they were over. Without {Header} it is Limits:Deadline; that asks for more, up to Limits:MaxDeadline."));

    /// <summary>The time limit that a request's header asks for.</summary>
    /// <exception cref="RequestErrorException">Not a positive number of seconds.</exception>
    public static TimeSpan LimitOf(string? header, LimitsOptions limits)
    {
        TimeSpan limit = LimitOf(header, limits, out string? problem);
        return problem is null ? limit : throw new RequestErrorException(new(ErrorCode.BadTimeout, problem));
    }

    /// <summary>The time limit that a request's header asks for; the default, and what is wrong, when it is not a positive number of seconds.</summary>
    public static TimeSpan LimitOf(string? header, LimitsOptions limits, out string? problem)
    {
        problem = null;
        if (string.IsNullOrEmpty(header))
        {
            return limits.Deadline;
        }

        if (!double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || !(seconds > 0))
        {
            problem = $"{Header} is a positive decimal number of seconds; found '{NearestName.Short(header)}'.";
            return limits.Deadline;
        }

        // A tick is the shortest that a timer knows.
        return seconds < limits.MaxDeadline.TotalSeconds ? TimeSpan.FromTicks((long)Math.Max(seconds * TimeSpan.TicksPerSecond, 1)) : limits.MaxDeadline;
    }

    public void Dispose()
    {
        either.Dispose();
        expired.Dispose();
    }
}
