using System.Globalization;

namespace DiTask.Benchmarks.Service;

/// <summary>Lines for people; a missed aim ends the campaign with exit code 1.</summary>
internal sealed class Report
{
    /// <summary>1 when an aim was missed.</summary>
    public int ExitCode { get; private set; }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Says whether <paramref name="holds"/>.</summary>
    public void Aim(FormattableString aim, bool holds)
    {
        Say($"{(holds ? "met   " : "MISSED")} {aim.ToString(CultureInfo.InvariantCulture)}");
        ExitCode = holds ? ExitCode : 1;
    }

    /// <summary>The value below which the share <paramref name="quantile"/> of <paramref name="values"/> lies; NaN of none.</summary>
    public static double Quantile(IEnumerable<double> values, double quantile)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min((int)(quantile * sorted.Length), sorted.Length - 1)];
    }

    public static double Milliseconds(IEnumerable<Reply> replies, double quantile) => Quantile(replies.Select(reply => reply.Latency.TotalMilliseconds), quantile);

    /// <summary>Such as <c>200 x 311, 429 x 20</c>.</summary>
    public static string Statuses(IEnumerable<Reply> replies) =>
        string.Join(", ", replies.CountBy(reply => reply.Status).OrderBy(pair => pair.Key).Select(pair => $"{(pair.Key == 0 ? "no answer" : pair.Key)} x {pair.Value}"));
}
