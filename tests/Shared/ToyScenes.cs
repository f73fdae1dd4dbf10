using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Vision;

namespace DiTask.Tests;

/// <summary>A small data set in the plain folder format: a bright rectangle before a tilted, dark wall, with labels of four tasks.</summary>
internal static class ToyScenes
{
    public const int Size = 64;

    /// <summary>Writes <paramref name="train"/> and <paramref name="val"/> pictures.</summary>
    /// <param name="border">Unknown pixels on either side of the rectangle's edge, where a coarse map cannot follow it.</param>
    public static string Write(string folder, int train, int val, int border = 0)
    {
        PlainDatasetWriter writer = new(folder, new PlainDatasetInfo
        {
            Name = "toy",
            Tasks = new Dictionary<string, PlainTaskInfo>
            {
                ["semseg"] = new() { Classes = [new PlainClass("wall"), new PlainClass("red"), new PlainClass("green")] },
                ["normals"] = new(),
                ["sal"] = new(),
                ["depth"] = new(),
            },
        });
        string[] ids = [.. Enumerable.Range(0, train + val).Select(index => $"{index:D4}")];
        for (int index = 0; index < ids.Length; index++)
        {
            Draw(writer, ids[index], index, border);
        }

        writer.Finish(new Dictionary<string, IReadOnlyList<string>> { ["train"] = ids[..train], ["val"] = ids[train..] });
        return folder;
    }

    private static void Draw(PlainDatasetWriter writer, string id, int seed, int border)
    {
        Random random = new(seed);
        int left = random.Next(4, Size / 2), top = random.Next(4, Size / 2);
        int right = left + random.Next(12, Size / 2 - 4), bottom = top + random.Next(12, Size / 2 - 4);
        bool isRed = seed % 2 == 0;
        using RgbImage image = new(Size, Size);
        float[] classes = new float[Size * Size], depth = new float[Size * Size], sal = new float[Size * Size], normals = new float[3 * Size * Size];
        for (int pixel = 0; pixel < Size * Size; pixel++)
        {
            int x = pixel % Size, y = pixel / Size;
            bool inside = x >= left && x < right && y >= top && y < bottom;
            Span<byte> colour = image.Pixels.Slice(3 * pixel, 3);
            colour[0] = (byte)(inside ? isRed ? 220 : 30 : 60 + random.Next(20));
            colour[1] = (byte)(inside ? isRed ? 40 : 210 : 60 + random.Next(20));
            colour[2] = (byte)(inside ? 40 : 70 + y);
            classes[pixel] = inside ? isRed ? 1 : 2 : 0;
            depth[pixel] = inside ? 1.5f : 3 + (y / (float)Size);
            sal[pixel] = inside ? 1 : 0;
            normals[(inside ? 2 : 1) * Size * Size + pixel] = 1;
            bool isBorder = x >= left - border && x < right + border && y >= top - border && y < bottom + border
                && !(x >= left + border && x < right - border && y >= top + border && y < bottom - border);
            if (isBorder)
            {
                classes[pixel] = sal[pixel] = depth[pixel] = LabelMap.Void;
                normals[pixel] = normals[(Size * Size) + pixel] = normals[(2 * Size * Size) + pixel] = LabelMap.Void;
            }
        }

        writer.Write(id, image, new Dictionary<string, LabelMap>
        {
            ["semseg"] = new(1, Size, Size, classes),
            ["normals"] = new(3, Size, Size, normals),
            ["sal"] = new(1, Size, Size, sal),
            ["depth"] = new(1, Size, Size, depth),
        });
    }
}
