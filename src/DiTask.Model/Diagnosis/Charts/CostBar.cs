using System.Globalization;
using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Costs;

namespace DiTask.Model.Diagnosis.Charts;

/// <summary>Where the multiply-adds of a network go: the trunk, then task by task.</summary>
internal static class CostBar
{
    private const double Width = 960;
    private const double Height = 40;
    private const double Gap = 2;

    /// <summary>The picture.</summary>
    public static string Draw(NetworkCost cost)
    {
        Svg svg = new(Width, Height + 2, "Multiply-adds by part");
        double x = 0;
        Part("trunk", cost.TrunkGigaMacs, "var(--muted)");
        for (int task = 0; task < cost.Tasks.Count; task++)
        {
            Part(cost.Tasks[task].Task, cost.Tasks[task].GigaMacs, Svg.Color(task));
        }

        return svg.ToString();

        void Part(string name, double macs, string color)
        {
            double width = Width * macs / cost.GigaMacs;
            string words = string.Create(CultureInfo.InvariantCulture, $"{name} {macs / cost.GigaMacs:0 %}");
            svg.Box(x, 0, width - Gap, Height, color, 0.55, words, 4);
            if (Svg.WidthOf(words) < width)
            {
                svg.Text(x + 10, (Height / 2) + 5, words, "start", "n");
            }

            x += width;
        }
    }
}
