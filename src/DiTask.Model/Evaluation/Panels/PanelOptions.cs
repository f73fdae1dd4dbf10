namespace DiTask.Model.Evaluation.Panels;

/// <summary>How comparison panels look.</summary>
public sealed record PanelOptions
{
    /// <summary>Depth error in metres that gets the brightest colour. The same for all panels, so that they compare. Default 1.</summary>
    public double DepthErrorMetres { get; init; } = 1;

    /// <summary>Angle in degrees that gets the brightest colour. Default 45.</summary>
    public double AngleDegrees { get; init; } = 45;
}
