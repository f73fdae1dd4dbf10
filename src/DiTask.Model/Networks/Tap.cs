namespace DiTask.Model.Networks;

/// <summary>A feature that the trunk hands to the branches.</summary>
internal readonly record struct Tap(int Stage, TapKind Kind)
{
    /// <summary>Its name in the graphs: <c>stage0_shortcut</c>.</summary>
    public string Name => $"stage{Stage}_{Kind.ToString().ToLowerInvariant()}";
}
