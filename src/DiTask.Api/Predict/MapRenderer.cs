using DiTask.Api.Models;
using DiTask.Api.Models.Contract;
using DiTask.Api.Predict.Contract;
using DiTask.Model.Inference;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>Logits of one task to what the answer says of it.</summary>
internal static class MapRenderer
{
    /// <summary>Renders the map of <paramref name="image"/> for <paramref name="task"/>.</summary>
    public static (EncodedMap Map, MapAnswer Answer) Render(TaskInfo task, PreparedImage image, ModelOutput output, PredictOptions options)
    {
        (TaskLogits logits, int entry) = output.Tasks[task.Name];
        TaskDecoder decoder = new(
            task, logits.EntryMemory(entry), logits.Height, logits.Width, image.MapSize.Width, image.MapSize.Height);
        EncodedMap map = MapEncoder.Encode(decoder, options.Maps);
        MapAnswer answer = Describe(map, options.Stats) with
        {
            Classes = task.Kind == TaskKind.Labels ? Classes(task, options.Stats ? map.Encoding.Statistics.Fractions : null) : null,
            Scores = options.Scores && task.Kind == TaskKind.Labels ? Describe(MapEncoder.EncodeScores(decoder), options.Stats) : null,
            Overlay = options.Overlay ? Paint(decoder, image.Photo, options.OverlayAlpha ?? 1) : null,
        };
        return (map, answer);
    }

    private static MapAnswer Describe(EncodedMap map, bool stats)
    {
        MapEncoding encoding = map.Encoding;
        bool hasData = !map.Bytes.IsEmpty;
        return new MapAnswer
        {
            Kind = encoding.KindName,
            Dtype = encoding.DType,
            Channels = encoding.Channels > 1 ? encoding.Channels : null,
            Width = encoding.Width,
            Height = encoding.Height,
            MediaType = hasData ? encoding.MediaType : null,
            Data = hasData ? map.Bytes : default(ReadOnlyMemory<byte>?),
            Scale = encoding.Scale,
            Offset = encoding.Offset,
            Unit = encoding.Unit,
            Frame = encoding.Frame,
            Min = stats ? encoding.Statistics.Min : null,
            Mean = stats ? encoding.Statistics.Mean : null,
            Max = stats ? encoding.Statistics.Max : null,
        };
    }

    private static ClassAnswer[] Classes(TaskInfo task, IReadOnlyList<double>? fractions) =>
        [.. task.Classes.Select(item => new ClassAnswer(
            item.Value, item.Name, item.Color, fractions is not null && item.Value < fractions.Count ? fractions[item.Value] : null))];

    private static PictureAnswer Paint(TaskDecoder decoder, RgbImage? photo, double alpha)
    {
        using RgbImage picture = MapPainter.Paint(decoder, photo, alpha);
        using MemoryStream stream = new();
        MapEncoder.WriteRgb(stream, picture);
        return new PictureAnswer(picture.Width, picture.Height, AnswerForms.Png, stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }
}
