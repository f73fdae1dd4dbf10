using System.Globalization;
using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Spectra;

namespace DiTask.Model.Diagnosis.Charts;

/// <summary>How far each theta moves its spectrum: a row per layer, a column per stream.</summary>
internal static class LayerGrid
{
    private const double Cell = 92;
    private const double Row = 24;
    private const double Top = 24;
    private const double Left = 168;
    private const double Strongest = 0.75;

    /// <summary>The picture.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="tasks">Wire names; a column each, after the shared stream.</param>
    public static string Draw(IReadOnlyList<WarpedLayer> layers, IReadOnlyList<string> tasks)
    {
        string?[] columns = [null, .. tasks];
        double full = layers.SelectMany(layer => layer.Streams).Select(stream => stream.Change).DefaultIfEmpty(0).Max();
        Svg svg = new(Left + (columns.Length * Cell), Top + (layers.Count * Row), "Relative change of the singular values, layer by layer");
        for (int column = 0; column < columns.Length; column++)
        {
            svg.Text(Left + (column * Cell) + (Cell / 2), Top - 9, columns[column] ?? "shared", "middle");
        }

        for (int row = 0; row < layers.Count; row++)
        {
            double y = Top + (row * Row);
            svg.Text(Left - 10, y + 16, Name(layers[row].Layer), "end");
            for (int column = 0; column < columns.Length; column++)
            {
                double x = Left + (column * Cell);
                svg.Box(x, y, Cell - 2, Row - 2, "var(--cell)", radius: 3);
                if (layers[row].Streams.FirstOrDefault(stream => stream.Task == columns[column]) is { } found)
                {
                    svg.Box(x, y, Cell - 2, Row - 2, "var(--pos)", full > 0 ? Strongest * found.Change / full : 0, radius: 3);
                    svg.Text(x + (Cell / 2), y + 16, found.Change.ToString("0.00 %", CultureInfo.InvariantCulture), "middle", "n");
                }
            }
        }

        return svg.ToString();
    }

    /// <summary>layers.2.blocks.0.attn.qkv in short: 2.0 attn.qkv.</summary>
    public static string Name(string layer)
    {
        string[] parts = layer.Split('.', 5);
        return parts.Length == 5 ? $"{parts[1]}.{parts[3]} {parts[4]}" : layer;
    }
}
