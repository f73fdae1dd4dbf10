using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Checks;

/// <summary>Counts over one label map.</summary>
internal sealed class LabelFacts
{
    // Rounding of 8-bit normals is far below this.
    private const double UnitTolerance = 0.05;

    private readonly TaskInfo task;
    private double sum;
    private long notUnit;

    public LabelFacts(TaskInfo task, LabelMap map)
    {
        this.task = task;
        Pixels = map.Height * (long)map.Width;
        ClassPixels = new long[task.Kind == TaskKind.Labels ? 256 : 0];
        int plane = map.Height * map.Width;
        for (int i = 0; i < plane; i++)
        {
            if (task.Kind == TaskKind.Vector)
            {
                AddVector(map.Values[i], map.Values[plane + i], map.Values[(2 * plane) + i]);
            }
            else
            {
                AddNumber(map.Values[i]);
            }
        }
    }

    public long Pixels { get; }

    public long Known { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    public double Sum => sum;

    /// <summary>By label, 0 to 255.</summary>
    public long[] ClassPixels { get; }

    /// <summary>What is wrong with the values, without the file's name.</summary>
    public IEnumerable<(ProblemSeverity Severity, string Kind, string Text)> Problems()
    {
        if (Known == 0)
        {
            // No people, no parts: most pictures have none.
            if (task.Name != "human_parts")
            {
                yield return (ProblemSeverity.Warning, "labels without a known pixel", "every pixel is unknown");
            }

            yield break;
        }

        int[] beyond = [.. Enumerable.Range(0, ClassPixels.Length).Where(label => label >= task.Channels && label != LabelMap.Void && ClassPixels[label] > 0)];
        if (beyond.Length > 0)
        {
            yield return (ProblemSeverity.Error, "classes out of range",
                $"expected 0 to {task.Channels - 1}, or 255 for unknown; found {string.Join(", ", beyond)} on {beyond.Sum(label => ClassPixels[label])} pixels");
        }

        if (task.Name == "depth" && (Least < 0 || Most >= LabelMap.Void))
        {
            yield return (ProblemSeverity.Error, "depths out of range", $"expected more than 0 and less than {LabelMap.Void} metres; found {Least:0.##} to {Most:0.##}");
        }

        if (notUnit > 0)
        {
            yield return (ProblemSeverity.Error, "normals that are not unit vectors", $"expected lengths of 1; found others at {100.0 * notUnit / Known:F1} % of the known pixels");
        }
    }

    private void AddNumber(float value)
    {
        if (ClassPixels.Length > 0)
        {
            ClassPixels[(int)value]++;
        }

        if (value == LabelMap.Void)
        {
            return;
        }

        Known++;
        sum += value;
        Least = Math.Min(Least, value);
        Most = Math.Max(Most, value);
    }

    private void AddVector(float x, float y, float z)
    {
        if ((x, y, z) == (LabelMap.Void, LabelMap.Void, LabelMap.Void))
        {
            return;
        }

        Known++;
        notUnit += Math.Abs(Math.Sqrt((x * (double)x) + (y * (double)y) + (z * (double)z)) - 1) > UnitTolerance ? 1 : 0;
    }
}
