using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Affinity;

namespace DiTask.Model.Diagnosis.Charts;

/// <summary>A matrix as coloured cells: blue above 0, red below, nothing at 0; the number stands in the cell.</summary>
internal static class HeatMap
{
    private const double Cell = 62;
    private const double CellHeight = 40;
    private const double Top = 26;
    private const double Gap = 2;
    private const double Strongest = 0.75;

    /// <summary>The picture.</summary>
    /// <param name="matrix">Rows act on columns, or it is symmetric.</param>
    /// <param name="scale">Value with the full colour; null for the largest one.</param>
    /// <param name="format">A cell's words.</param>
    /// <param name="label">What it shows.</param>
    /// <param name="hasDiagonal">Without it a task's cell with itself stays empty.</param>
    public static string Draw(TaskMatrix matrix, double? scale, Func<double, string> format, string label, bool hasDiagonal)
    {
        int count = matrix.Tasks.Count;
        double left = 16 + (8 * matrix.Tasks.Max(task => task.Length));
        double full = scale ?? Largest(matrix, hasDiagonal);
        Svg svg = new(left + (count * Cell), Top + (count * CellHeight), label);
        for (int row = 0; row < count; row++)
        {
            double y = Top + (row * CellHeight);
            svg.Text(left - 10, y + (CellHeight / 2) + 4, matrix.Tasks[row], "end");
            svg.Text(left + (row * Cell) + (Cell / 2), Top - 9, Short(matrix.Tasks[row]), "middle");
            for (int column = 0; column < count; column++)
            {
                double x = left + (column * Cell);
                double value = matrix[row, column];
                svg.Box(x, y, Cell - Gap, CellHeight - Gap, "var(--cell)", radius: 4);
                if (row == column && !hasDiagonal)
                {
                    continue;
                }

                if (double.IsFinite(value) && full > 0)
                {
                    svg.Box(x, y, Cell - Gap, CellHeight - Gap, value < 0 ? "var(--neg)" : "var(--pos)", Strongest * Math.Min(1, Math.Abs(value) / full), $"{matrix.Tasks[row]} / {matrix.Tasks[column]}: {format(value)}", 4);
                }

                svg.Text(x + ((Cell - Gap) / 2), y + (CellHeight / 2) + 3, double.IsFinite(value) ? format(value) : "-", "middle", "n");
            }
        }

        return svg.ToString();
    }

    // A column is narrower than the longest name.
    private static string Short(string task) => task.Length <= 8 ? task : task.Replace("human_", "", StringComparison.Ordinal);

    private static double Largest(TaskMatrix matrix, bool hasDiagonal) =>
        matrix.Rows.SelectMany((row, i) => row.Where((value, j) => double.IsFinite(value) && (hasDiagonal || i != j))).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
