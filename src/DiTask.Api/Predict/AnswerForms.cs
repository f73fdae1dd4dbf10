using DiTask.Api.Problems;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Predict;

/// <summary>Chooses the form of an answer by the Accept header and by what this very request can be answered in.</summary>
internal static class AnswerForms
{
    public const string Json = "application/json";
    public const string Zip = "application/zip";
    public const string Multipart = "multipart/mixed";
    public const string Png = "image/png";
    public const string Npy = "application/x-npy";

    /// <summary>Length of base64 over that of its bytes.</summary>
    private const double Base64Ratio = 4.0 / 3;

    // Offsets in an archive have 32 bits, and the estimate is not exact.
    private const long MaxZipBytes = 2L << 30;

    /// <summary>Every form's media type, in the order in which ties are resolved.</summary>
    public static IReadOnlyList<string> Types { get; } = [Json, Zip, Multipart, Png, Npy];

    /// <summary>Whether the body is the map alone: there is no place to say that an image has none.</summary>
    public static bool IsBare(AnswerForm form) => form is AnswerForm.Png or AnswerForm.Npy;

    /// <summary>Chooses for images whose headers are read.</summary>
    /// <exception cref="RequestErrorException">No form that is possible is acceptable.</exception>
    public static AnswerForm Choose(
        string? accept, IReadOnlyList<PreparedImage> images, IReadOnlyList<TaskInfo> tasks, PredictOptions options, LimitsOptions limits)
    {
        (int Width, int Height)[] sizes = [.. images.Where(image => image.Error is null).Select(image => image.MapSize)];
        long bytes = EstimateBytes(sizes, tasks, options);
        long jsonBytes = (long)(bytes * Base64Ratio);
        bool fitsJson = jsonBytes <= limits.MaxJsonBytes;
        bool isBare = options is { Tasks.Count: 1, Overlay: false, Scores: false };
        List<AnswerForm> possible = [];
        AddIf(fitsJson, AnswerForm.Json);
        AddIf(bytes <= MaxZipBytes, AnswerForm.Zip);
        AddIf(true, AnswerForm.Multipart);
        AddIf(isBare && images.Count == 1 && options.Maps.Format == MapFormat.Png, AnswerForm.Png);
        AddIf(isBare && sizes.Distinct().Count() == 1 && (!options.IsFormatGiven || options.Maps.Format == MapFormat.Npy), AnswerForm.Npy);

        IList<MediaTypeHeaderValue> ranges = Parse(accept);
        (AnswerForm Form, double Quality) best = (default, 0);
        foreach (AnswerForm form in possible)
        {
            (double quality, int specificity) = Quality(Types[(int)form], ranges);

            // Who takes anything expects JSON: an archive in its place would be a surprise, an error says what to ask for.
            if (quality > best.Quality && (fitsJson || specificity > 0))
            {
                best = (form, quality);
            }
        }

        return best.Quality > 0 ? best.Form : throw new RequestErrorException(NotAcceptable(accept, possible, jsonBytes, limits));

        void AddIf(bool isPossible, AnswerForm form)
        {
            if (isPossible)
            {
                possible.Add(form);
            }
        }
    }

    /// <summary>What the maps of a request take: a bound from the samples, not from their compressed size.</summary>
    private static long EstimateBytes(IEnumerable<(int Width, int Height)> sizes, IEnumerable<TaskInfo> tasks, PredictOptions options)
    {
        double bytesPerPixel = tasks.Sum(task => BytesPerPixel(task, options));
        return (long)sizes.Sum(size => (double)size.Width * size.Height * bytesPerPixel);
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

    /// <summary>Quality that the most specific range gives <paramref name="type"/> (RFC 9110, 12.5.1), and how specific it is.</summary>
    private static (double Quality, int Specificity) Quality(string type, IList<MediaTypeHeaderValue> ranges)
    {
        MediaTypeHeaderValue candidate = new(type);
        (double Quality, int Specificity) best = (0, -1);
        foreach (MediaTypeHeaderValue range in ranges)
        {
            int specificity = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
            bool matches = range.MatchesAllTypes
                || (range.Type.Equals(candidate.Type, StringComparison.OrdinalIgnoreCase)
                    && (range.MatchesAllSubTypes || range.SubType.Equals(candidate.SubType, StringComparison.OrdinalIgnoreCase)));
            if (matches && specificity > best.Specificity)
            {
                best = (range.Quality ?? 1, specificity);
            }
        }

        return best;
    }

    private static RequestError NotAcceptable(string? accept, List<AnswerForm> possible, long jsonBytes, LimitsOptions limits)
    {
        string[] supported = [.. possible.Select(form => Types[(int)form])];
        string detail = jsonBytes > limits.MaxJsonBytes
            ? $"A JSON answer has at most {limits.MaxJsonBytes} bytes, Limits:MaxJsonBytes; this one is estimated at {jsonBytes}. "
                + $"Ask for one of {string.Join(", ", supported)} with Accept, or for fewer images or tasks or smaller maps."
            : $"Expected Accept to allow {string.Join(" or ", supported)} for this request; found '{accept}'. "
                + "image/png is possible for one image and one task with maps=png, application/x-npy for one task of images whose maps have one size "
                + "with maps=npy or without maps; both without overlay and scores.";
        return new RequestError(ErrorCode.NotAcceptable, detail) { Supported = supported };
    }
}
