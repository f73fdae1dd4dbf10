namespace DiTask.Model.Charts;

/// <summary>The style sheet of drawings, on a page and in a file.</summary>
internal static class ChartStyle
{
    /// <summary>
    /// Okabe and Ito's colours, which people see apart whatever their eyes; without their yellow, which is lost on white. For files: a page has its own.
    /// </summary>
    public static IReadOnlyList<string> Colors { get; } = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    /// <summary>Rules for a file, which has no page around it: dark on white.</summary>
    public static string File { get; } = "svg { font-family: system-ui, -apple-system, \"Segoe UI\", Helvetica, Arial, sans-serif; }\n"
        + Rules("#16150f", "#5a584f", "#e2e0d8", "#8d8b82", "#ffffff");

    /// <summary>Rules with the colours of where the drawing stands.</summary>
    /// <param name="ink">Of words.</param>
    /// <param name="soft">Of what explains.</param>
    /// <param name="edge">Of the grid.</param>
    /// <param name="muted">Of axes.</param>
    /// <param name="ground">Behind it all.</param>
    public static string Rules(string ink, string soft, string edge, string muted, string ground) => $$"""
        svg .h { font-size: 15px; font-weight: 600; fill: {{ink}}; }
        svg .t { font-size: 13px; fill: {{ink}}; } svg .n { font-size: 12.5px; fill: {{ink}}; font-variant-numeric: tabular-nums; } svg .a { font-size: 11.5px; fill: {{soft}}; font-variant-numeric: tabular-nums; }
        svg .o { font-size: 13px; fill: {{ink}}; stroke: {{ground}}; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
        svg .grid { stroke: {{edge}}; stroke-width: 1; } svg .zero { stroke: {{muted}}; stroke-width: 1; } svg .ink { stroke: {{ink}}; stroke-width: 1.5; }
        svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; } svg .dash { fill: none; stroke-width: 2; stroke-dasharray: 4 4; } svg .dot { stroke: {{ground}}; stroke-width: 2; }
        """;
}
