using System.Globalization;

namespace DiTask.Model.Training.Runs;

/// <summary>What <c>steps.csv</c> of a run says of the tasks' losses.</summary>
/// <param name="Steps">Steps in order.</param>
/// <param name="Losses">Raw loss at each of them, by task in the order of the run.</param>
internal sealed record LossTable(IReadOnlyList<long> Steps, IReadOnlyList<(string Task, IReadOnlyList<double> Values)> Losses)
{
    // Names of the columns around those of the tasks.
    private const string Before = "total";
    private const string After = "learning_rate";

    /// <summary>The table of a run; null when it has none.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <exception cref="InvalidDataException">It is no such table.</exception>
    public static LossTable? Read(string run)
    {
        string path = Path.Combine(run, RunLog.TableName);
        if (!File.Exists(path))
        {
            return null;
        }

        // What follows the last end of a line was cut with its process.
        string[][] lines = [.. File.ReadAllText(path).Split('\n')[..^1].Select(line => line.Split(','))];
        string[] head = lines.Length == 0 ? [] : lines[0];
        int first = Array.IndexOf(head, Before) + 1;
        int end = Array.IndexOf(head, After);
        if (first < 1 || end <= first || head[0] != "step")
        {
            throw new InvalidDataException($"'{path}' is no table of steps: expected step, ..., {Before}, the tasks, {After}, ...; found '{string.Join(',', head)}'.");
        }

        List<long> steps = [];
        List<double>[] values = [.. head[first..end].Select(_ => new List<double>())];
        for (int line = 1; line < lines.Length; line++)
        {
            string[] cells = lines[line];
            if (cells.Length != head.Length || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out long step))
            {
                throw new InvalidDataException($"'{path}', line {line + 1}: expected {head.Length} values, the first a step; found '{string.Join(',', cells)}'.");
            }

            steps.Add(step);
            for (int task = 0; task < values.Length; task++)
            {
                values[task].Add(double.TryParse(cells[first + task], CultureInfo.InvariantCulture, out double loss)
                    ? loss
                    : throw new InvalidDataException($"'{path}', line {line + 1}: expected a loss of {head[first + task]}; found '{cells[first + task]}'."));
            }
        }

        return new LossTable(steps, [.. head[first..end].Zip(values, (task, list) => (task, (IReadOnlyList<double>)list))]);
    }

    /// <summary>Means of a task's loss over equal parts of the steps up to <paramref name="last"/>; NaN where there is no step.</summary>
    /// <param name="task">One of the run's tasks.</param>
    /// <param name="last">Where the last part ends.</param>
    /// <param name="parts">How many.</param>
    public double[] Means(string task, long last, int parts)
    {
        double[] sums = new double[parts];
        int[] counts = new int[parts];
        IReadOnlyList<double> values = Losses.First(losses => losses.Task == task).Values;
        for (int index = 0; index < Steps.Count; index++)
        {
            if (Steps[index] >= 1 && Steps[index] <= last)
            {
                int part = (int)((Steps[index] - 1) * parts / last);
                sums[part] += values[index];
                counts[part]++;
            }
        }

        return [.. sums.Zip(counts, (sum, count) => count == 0 ? double.NaN : sum / count)];
    }
}
