using System.Runtime.InteropServices;
using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Data.Folders;

/// <summary>Writes a plain folder. Pictures may be written by several threads; each file appears under its name only when it is whole.</summary>
public sealed class PlainDatasetWriter
{
    private const int MaxClasses = 256;

    private readonly string folder;
    private readonly PlainDatasetInfo info;
    private readonly Dictionary<string, TaskInfo> tasks;

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">Where to; made when it does not exist.</param>
    /// <param name="info">Written last, by <see cref="Finish"/>. Lists every task that has labels.</param>
    /// <exception cref="DatasetException">A label task without classes.</exception>
    public PlainDatasetWriter(string folder, PlainDatasetInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        this.folder = folder;
        this.info = info;
        tasks = info.Tasks.Keys.ToDictionary(task => task, task => info.Describe(folder, task));
        foreach (string name in tasks.Keys.Append(PlainFolder.ImageFolder).Append(PlainFolder.SplitFolder))
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }
    }

    /// <summary>Writes a picture and its labels; the picture last, so that no picture lacks a label that it should have.</summary>
    /// <param name="id">Name without folder and extension.</param>
    /// <param name="image">The picture.</param>
    /// <param name="labels">By wire name.</param>
    /// <exception cref="ArgumentException">A label of a task that the description does not list, or with wrong values.</exception>
    public void Write(string id, RgbImage image, IReadOnlyDictionary<string, LabelMap> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        SplitFile.RequireName(folder, id);
        foreach ((string name, LabelMap map) in labels)
        {
            if (!tasks.TryGetValue(name, out TaskInfo? task))
            {
                throw new ArgumentException($"Expected labels of {string.Join(", ", tasks.Keys)}; found {name}.", nameof(labels));
            }

            WriteLabel(id, task, map);
        }

        AtomicFile.Write(Path.Combine(folder, PlainFolder.ImageFolder, id + ".png"), output => PictureWriter.WritePng(output, image));
    }

    /// <summary>Writes the lists, then the description.</summary>
    /// <param name="splits">Names of pictures by name of the list.</param>
    public void Finish(IReadOnlyDictionary<string, IReadOnlyList<string>> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        foreach ((string split, IReadOnlyList<string> ids) in splits)
        {
            SplitFile.RequireName(folder, split);
            AtomicFile.Write(Path.Combine(folder, PlainFolder.SplitFolder, split + ".txt"), output =>
            {
                using StreamWriter writer = new(output, leaveOpen: true) { NewLine = "\n" };
                foreach (string id in ids)
                {
                    writer.WriteLine(id);
                }
            });
        }

        info.Write(folder);
    }

    private void WriteLabel(string id, TaskInfo task, LabelMap map)
    {
        int channels = task.Kind == TaskKind.Vector ? 3 : 1;
        if (map.Channels != channels)
        {
            throw new ArgumentException($"{task.Name} of '{id}': expected {channels} channels; found {map.Channels}.", nameof(map));
        }

        // A PNG of saliency or edges has no value for "unknown".
        bool npy = task.Kind == TaskKind.Vector || task.Name == "depth" || (task.Kind == TaskKind.Scalar && map.Values.AsSpan().Contains(LabelMap.Void));
        string path = Path.Combine(folder, task.Name, id + (npy ? ".npy" : ".png"));
        AtomicFile.Write(path, output =>
        {
            if (npy)
            {
                WriteNpy(output, map, unknown: task.Kind == TaskKind.Scalar && task.Name != "depth" ? LabelMap.Void : 0);
            }
            else
            {
                WritePng(output, id, task, map);
            }
        });
    }

    // Halves are 0.03 degrees off at most, less than any label of a photo.
    private static void WriteNpy(Stream output, LabelMap map, float unknown)
    {
        int plane = map.Height * map.Width;
        bool isVector = map.Channels > 1;
        NpyFile.WriteHeader(output, isVector ? NpyFile.HalfDescr : NpyFile.SingleDescr, isVector ? [map.Height, map.Width, map.Channels] : [map.Height, map.Width]);
        float[] pixels = new float[map.Values.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            float value = map.Values[(i % map.Channels * plane) + (i / map.Channels)];
            pixels[i] = value == LabelMap.Void ? unknown : value;
        }

        output.Write(isVector ? MemoryMarshal.AsBytes(Array.ConvertAll(pixels, value => (Half)value).AsSpan()) : MemoryMarshal.AsBytes(pixels.AsSpan()));
    }

    private static void WritePng(Stream output, string id, TaskInfo task, LabelMap map)
    {
        bool classes = task.Kind == TaskKind.Labels;
        using PngWriter png = new(output, map.Width, map.Height, classes ? PngColor.Indexed : PngColor.Gray, 8, classes ? PaletteOf(task) : default, labels: true);
        byte[] row = new byte[map.Width];
        for (int y = 0; y < map.Height; y++)
        {
            for (int x = 0; x < row.Length; x++)
            {
                float value = map.Values[(y * map.Width) + x];
                bool fits = value == MathF.Floor(value) && value >= 0 && (value < task.Channels || (classes ? value == LabelMap.Void : value == 1));
                row[x] = fits ? (byte)(classes ? value : value * byte.MaxValue)
                    : throw new ArgumentException($"{task.Name} of '{id}': expected {(classes ? $"classes 0 to {task.Channels - 1}" : "0 or 1")}; found {value} at ({x}, {y}).", nameof(map));
            }

            png.WriteRow(row);
        }

        png.Finish();
    }

    // All 256 entries, so that 255 has a colour too: white.
    private static byte[] PaletteOf(TaskInfo task)
    {
        byte[] palette = new byte[3 * MaxClasses];
        foreach (TaskClass item in task.Classes)
        {
            Convert.FromHexString(item.Color.AsSpan(1)).CopyTo(palette, 3 * item.Value);
        }

        palette.AsSpan(3 * (MaxClasses - 1)).Fill(byte.MaxValue);
        return palette;
    }
}
