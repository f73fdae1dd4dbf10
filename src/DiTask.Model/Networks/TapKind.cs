namespace DiTask.Model.Networks;

/// <summary>A place in the last block of a stage where a task's own layers can branch off.</summary>
internal enum TapKind
{
    /// <summary>The block's input: [B, L, C].</summary>
    Shortcut,

    /// <summary>Attention output before the projection: [B, L, C].</summary>
    Context,

    /// <summary>Shortcut plus the shared projection: [B, L, C].</summary>
    Attended,

    /// <summary>The shared MLP's hidden values: [B, L, ratio C].</summary>
    Hidden,

    /// <summary>The shared stage output, after merging where the stage has it.</summary>
    Output,
}
