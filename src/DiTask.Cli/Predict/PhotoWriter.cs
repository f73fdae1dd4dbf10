using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>Writes the maps and pictures of one photo. Thread-safe.</summary>
internal sealed class PhotoWriter(PredictOptions options, int modelSide, string? notice)
{
    private const double OverlayAlpha = 0.6;
    private const int MaxOverlaySide = 1600;

    public static string SheetName(Photo photo) => $"{photo.File.Name}_sheet.png";

    public void Write(Photo photo, IReadOnlyList<PhotoMap> maps)
    {
        RgbImage image = photo.Image!;
        (int width, int height) = options.Size.Resolve(modelSide, image.Width, image.Height);
        foreach (PhotoMap map in maps)
        {
            string name = $"{photo.File.Name}_{map.Task.Name}.{(options.Format == MapFormat.Npy ? "npy" : "png")}";
            MapEncoding encoding = WriteMap(Path.Combine(options.Output, name), map, width, height);
            map.Statistics = encoding.Statistics;
            photo.Maps.Add(map.Task.Name, Describe(name, map.Task, encoding));
            if (options.Overlay)
            {
                using RgbImage overlay = Overlay(image, map);
                WritePicture($"{photo.File.Name}_{map.Task.Name}_overlay.png", overlay);
            }
        }

        using RgbImage sheet = ContactSheet.Draw(Path.GetFileName(photo.File.Path), image, maps, notice);
        WritePicture(SheetName(photo), sheet);
    }

    // Probabilities in 8 bits and labels with their palette, so that any viewer shows them; metres keep 16 bits.
    private MapEncoding WriteMap(string path, PhotoMap map, int width, int height)
    {
        MapOptions format = new()
        {
            Format = options.Format,
            ScalarBits = map.Task.Activation == TaskActivation.Sigmoid ? 8 : 16,
            LabelPalette = true,
        };
        using AtomicFile file = new(path);
        MapEncoding encoding = MapEncoder.Write(file.Stream, map.Read(width, height), format);
        file.Complete();
        return encoding;
    }

    private static RgbImage Overlay(RgbImage image, PhotoMap map)
    {
        double scale = Math.Min(1, (double)MaxOverlaySide / Math.Max(image.Width, image.Height));
        int width = Math.Max((int)Math.Round(image.Width * scale), 1);
        int height = Math.Max((int)Math.Round(image.Height * scale), 1);
        return MapPainter.Paint(map.Read(width, height), image, OverlayAlpha);
    }

    private void WritePicture(string name, RgbImage picture) =>
        AtomicFile.Write(Path.Combine(options.Output, name), stream => PictureWriter.WritePng(stream, picture));

    private static MapEntry Describe(string file, TaskInfo task, MapEncoding encoding) => new(
        file,
        encoding.KindName,
        encoding.DType,
        encoding.Width,
        encoding.Height,
        encoding.Scale,
        encoding.Offset,
        encoding.Unit,
        encoding.Min,
        encoding.Statistics.Mean,
        encoding.Max,
        encoding.Statistics.Fractions is { } fractions
            ? task.Classes.Where(entry => fractions[entry.Value] > 0).ToDictionary(entry => entry.Name, entry => fractions[entry.Value])
            : null);
}
