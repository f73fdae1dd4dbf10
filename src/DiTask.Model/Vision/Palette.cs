using System.Globalization;
using DiTask.Model.Tasks;

namespace DiTask.Model.Vision;

/// <summary>Colours of labels as bytes.</summary>
internal static class Palette
{
    /// <summary>R, G, B of each class of <paramref name="task"/>, in label order.</summary>
    /// <exception cref="ArgumentException">A colour is not #RRGGBB.</exception>
    public static byte[] Of(TaskInfo task)
    {
        byte[] colors = new byte[task.Channels * 3];
        foreach (TaskClass entry in task.Classes)
        {
            if (entry.Color.Length != 7 || !int.TryParse(entry.Color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int color))
            {
                throw new ArgumentException($"Task '{task.Name}', class '{entry.Name}': expected a colour #RRGGBB; found '{entry.Color}'.", nameof(task));
            }

            int at = entry.Value * 3;
            colors[at] = (byte)(color >> 16);
            colors[at + 1] = (byte)(color >> 8);
            colors[at + 2] = (byte)color;
        }

        return colors;
    }
}
