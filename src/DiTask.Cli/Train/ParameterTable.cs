using System.Globalization;
using DiTask.Model.Training;

namespace DiTask.Cli.Train;

/// <summary>What is trained, group by group, with its share of the whole.</summary>
internal static class ParameterTable
{
    public static void Print(ParameterReport report)
    {
        (string Name, long Count)[] rows =
        [
            ("thetas", report.Thetas),
            ("other adapters", report.Adapters),
            ("unfrozen extras", report.Extras),
            ("other backbone", report.Backbone),
            ("decoders", report.Decoders),
            ("auxiliary decoder", report.Auxiliary),
            ("trained", report.Trained),
            ("trained, without decoders", report.Trained - report.Decoders - report.Auxiliary),
            ("frozen", report.Frozen),
            ("all", report.Total),
        ];
        foreach ((string name, long count) in rows.Where(row => row.Count > 0 || row.Name == "trained"))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-26}{count,14:N0}{100.0 * count / report.Total,9:F3} %"));
        }
    }
}
