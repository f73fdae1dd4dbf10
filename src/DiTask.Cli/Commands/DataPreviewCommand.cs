using System.CommandLine;
using DiTask.Cli.Predict;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask data preview</c>: pictures and labels as a network would get them, on one sheet.</summary>
internal static class DataPreviewCommand
{
    private const int Margin = 12;
    private const int TextScale = 2;
    private const int CaptionHeight = (BitmapFont.Height * TextScale) + 8;
    private const int Paper = 0x15181E;
    private const int Ink = 0xF2F4F8;

    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "A data set." };
        Option<string> output = new("--out") { Description = "Sheet to write; replaced when it exists.", Required = true, HelpName = "FILE.png" };
        Option<string?> split = new("--split") { Description = "List of pictures. Default: the first of the folder.", HelpName = "NAME" };
        Option<int> count = new("--count") { Description = "Pictures, spread over the list.", DefaultValueFactory = _ => 4 };
        Option<int> size = new("--size") { Description = "Side of the square in pixels.", DefaultValueFactory = _ => 224 };
        Option<string> augment = new("--augment") { Description = "What is drawn for training: none, pascal or nyud.", DefaultValueFactory = _ => "none" };
        augment.AcceptOnlyFromAmong("none", "pascal", "nyud");
        Option<bool> reference = new("--reference") { Description = "As the authors' loader does it." };
        Command command = new("preview", "Write a sheet of pictures and their labels as a network gets them. Grey chequers: not known.")
        {
            folder, output, split, count, size, augment, reference,
        };
        command.SetAction(parsed => GuardedCommand.Run("data preview", "nothing was written", parsed.InvocationConfiguration.Error, () =>
        {
            string path = parsed.GetRequiredValue(folder);
            DatasetFormat format = DatasetFolder.Detect(path);
            FolderDataset dataset = DatasetFolder.Open(path, parsed.GetValue(split) ?? DatasetFolder.Splits(path, format)[0]);
            Augmentation augmentation = parsed.GetValue(augment) switch { "pascal" => Augmentation.Pascal, "nyud" => Augmentation.Nyud, _ => Augmentation.None };
            PreprocessMode mode = parsed.GetValue(reference) ? PreprocessMode.Reference : PreprocessMode.Clamp;
            SampleTransform transform = new(dataset.Tasks, parsed.GetValue(size), Preprocessing.ImageNetMean, Preprocessing.ImageNetStd, mode, augmentation);
            using RgbImage sheet = Draw(dataset, transform, Math.Clamp(parsed.GetValue(count), 1, dataset.Count));
            AtomicFile.Write(parsed.GetRequiredValue(output), file => PictureWriter.WritePng(file, sheet));
            return 0;
        }));
        return command;
    }

    private static RgbImage Draw(FolderDataset dataset, SampleTransform transform, int count)
    {
        int tile = transform.Size + Margin, row = transform.Size + Margin + CaptionHeight;
        RgbImage sheet = new(((dataset.Tasks.Count + 1) * tile) + Margin, (count * row) + Margin);
        Canvas canvas = new(sheet);
        canvas.Fill(0, 0, sheet.Width, sheet.Height, Paper);
        for (int i = 0; i < count; i++)
        {
            int index = (int)((long)i * dataset.Count / count);
            using Sample sample = dataset.Load(index);
            Example example = transform.Apply(sample, new CounterRandom(0, RandomPurpose.Augmentation, 0, index));
            int top = Margin + (i * row);
            using RgbImage picture = Picture(example.Image, transform.Size);
            Place(canvas, picture, example.Id, Margin, top);
            for (int task = 0; task < dataset.Tasks.Count; task++)
            {
                TaskInfo info = dataset.Tasks[task];
                using RgbImage map = LabelPainter.Paint(info, example.Labels[info.Name], transform.Size, transform.Size);
                Place(canvas, map, info.Name, Margin + ((task + 1) * tile), top);
            }
        }

        return sheet;
    }

    private static void Place(Canvas canvas, RgbImage picture, string caption, int left, int top)
    {
        int letters = picture.Width / ((BitmapFont.Width + 1) * TextScale);
        canvas.Write(caption.Length > letters ? caption[..letters] : caption, left, top, TextScale, Ink);
        canvas.Draw(picture, left, top + CaptionHeight);
    }

    private static RgbImage Picture(float[] normalised, int size)
    {
        RgbImage picture = new(size, size);
        int plane = size * size;
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            int channel = i % 3;
            float level = ((normalised[(channel * plane) + (i / 3)] * Preprocessing.ImageNetStd[channel]) + Preprocessing.ImageNetMean[channel]) * byte.MaxValue;
            picture.Pixels[i] = (byte)Math.Clamp(MathF.Round(level), 0, byte.MaxValue);
        }

        return picture;
    }
}
