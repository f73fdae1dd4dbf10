using DiTask.Api.Problems;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Predict;

/// <summary>Chooses the form of an answer by the Accept header and by what this very request can be answered in.</summary>
internal static class AnswerForms
{
    public const string Json = "application/json";
    public const string Png = "image/png";

    /// <summary>Length of base64 over that of its bytes.</summary>
    private const double Base64Ratio = 4.0 / 3;

    /// <exception cref="RequestErrorException">No form that is possible is acceptable.</exception>
    public static AnswerForm Choose(string? accept, int images, PredictOptions options, long estimatedJsonBytes, LimitsOptions limits)
    {
        List<(AnswerForm Form, string Type)> possible = [];
        if (estimatedJsonBytes <= limits.MaxJsonBytes)
        {
            possible.Add((AnswerForm.Json, Json));
        }

        if (images == 1 && options is { Tasks.Count: 1, Maps.Format: MapFormat.Png, Overlay: false, Scores: false })
        {
            possible.Add((AnswerForm.Png, Png));
        }

        IList<MediaTypeHeaderValue> ranges = Parse(accept);
        (AnswerForm Form, double Quality) best = (default, 0);
        foreach ((AnswerForm form, string type) in possible)
        {
            double quality = Quality(type, ranges);
            if (quality > best.Quality)
            {
                best = (form, quality);
            }
        }

        return best.Quality > 0 ? best.Form : throw new RequestErrorException(NotAcceptable(accept, possible, estimatedJsonBytes, limits));
    }

    /// <summary>What the maps of a request take as base64: a bound from the samples, not from their compressed size.</summary>
    public static long EstimateJsonBytes(IEnumerable<(int Width, int Height)> sizes, IEnumerable<TaskInfo> tasks, PredictOptions options)
    {
        double bytesPerPixel = tasks.Sum(task => BytesPerPixel(task, options));
        return (long)sizes.Sum(size => (double)size.Width * size.Height * bytesPerPixel * Base64Ratio);
    }

    private static double BytesPerPixel(TaskInfo task, PredictOptions options)
    {
        // Label maps are large areas of one value: PNG makes less than a quarter of them.
        const double LabelPngRatio = 0.25;
        double map = (options.Maps.Format, task.Kind) switch
        {
            (MapFormat.None, _) => 0,
            (MapFormat.Png, TaskKind.Labels) => LabelPngRatio,
            (MapFormat.Png, TaskKind.Scalar) => options.Maps.ScalarBits / 8,
            (MapFormat.Png, TaskKind.Vector) => task.Channels * options.Maps.VectorBits / 8,
            (_, TaskKind.Labels) => 1,
            (MapFormat.F16, _) => 2 * task.Channels,
            _ => sizeof(float) * task.Channels,
        };
        return map + (options.Overlay ? 3 : 0) + (options.Scores && task.Kind == TaskKind.Labels ? 1 : 0);
    }

    private static IList<MediaTypeHeaderValue> Parse(string? accept) =>
        string.IsNullOrWhiteSpace(accept) || !MediaTypeHeaderValue.TryParseList([accept], out IList<MediaTypeHeaderValue>? ranges) || ranges.Count == 0
            ? [new MediaTypeHeaderValue("*/*")]
            : ranges;

    /// <summary>Quality that the most specific range gives <paramref name="type"/> (RFC 9110, 12.5.1).</summary>
    private static double Quality(string type, IList<MediaTypeHeaderValue> ranges)
    {
        MediaTypeHeaderValue candidate = new(type);
        (int Specificity, double Quality) best = (-1, 0);
        foreach (MediaTypeHeaderValue range in ranges)
        {
            int specificity = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
            bool matches = range.MatchesAllTypes
                || (range.Type.Equals(candidate.Type, StringComparison.OrdinalIgnoreCase)
                    && (range.MatchesAllSubTypes || range.SubType.Equals(candidate.SubType, StringComparison.OrdinalIgnoreCase)));
            if (matches && specificity > best.Specificity)
            {
                best = (specificity, range.Quality ?? 1);
            }
        }

        return best.Quality;
    }

    private static RequestError NotAcceptable(string? accept, List<(AnswerForm Form, string Type)> possible, long estimatedJsonBytes, LimitsOptions limits)
    {
        string[] supported = [.. possible.Select(form => form.Type)];
        string detail = estimatedJsonBytes > limits.MaxJsonBytes
            ? $"A JSON answer has at most {limits.MaxJsonBytes} bytes, Limits:MaxJsonBytes; this one is estimated at {estimatedJsonBytes}. "
                + "Ask for fewer images or tasks, or for smaller maps."
            : $"Expected Accept to allow {string.Join(" or ", supported)} for this request; found '{accept}'. "
                + "image/png is possible for one image and one task with maps=png, without overlay and scores.";
        return new RequestError(ErrorCode.NotAcceptable, detail) { Supported = supported };
    }
}
