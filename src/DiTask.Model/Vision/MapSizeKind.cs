namespace DiTask.Model.Vision;

/// <summary>Where the resolution of maps comes from.</summary>
public enum MapSizeKind
{
    /// <summary>The model's square.</summary>
    Model,

    /// <summary>The upright photo.</summary>
    Source,

    /// <summary>The caller.</summary>
    Given,
}
