namespace DiTask.Synth.Scenes;

/// <summary>Which scenes are drawn.</summary>
public enum World
{
    /// <summary>Rooms and streets, half each.</summary>
    Both,

    /// <summary>Rooms.</summary>
    Indoor,

    /// <summary>Streets, squares and meadows.</summary>
    Outdoor,
}
