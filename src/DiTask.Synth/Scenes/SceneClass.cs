namespace DiTask.Synth.Scenes;

/// <summary>Classes of semantic segmentation, by label.</summary>
public enum SceneClass
{
    /// <summary>Inner walls, with what is painted on them.</summary>
    Wall,

    /// <summary>The floor of a room, with its rugs.</summary>
    Floor,

    /// <summary>The ceiling of a room.</summary>
    Ceiling,

    /// <summary>A door with its frame.</summary>
    Door,

    /// <summary>A window of a room, with its frame.</summary>
    Window,

    /// <summary>The ground outdoors: meadow, road, pavement, paint.</summary>
    Ground,

    /// <summary>The sky.</summary>
    Sky,

    /// <summary>A house with its roof, or a free wall.</summary>
    Building,

    /// <summary>A single box.</summary>
    Box,

    /// <summary>A single ball.</summary>
    Sphere,

    /// <summary>A single cylinder.</summary>
    Cylinder,

    /// <summary>A single cone.</summary>
    Cone,

    /// <summary>A person.</summary>
    Person,

    /// <summary>A table or desk.</summary>
    Table,

    /// <summary>A chair, stool or bench.</summary>
    Chair,

    /// <summary>A sofa or armchair.</summary>
    Sofa,

    /// <summary>A shelf or cupboard, with its books.</summary>
    Shelf,

    /// <summary>A lamp, indoors or in the street.</summary>
    Lamp,

    /// <summary>A car, truck, van or bus.</summary>
    Vehicle,

    /// <summary>A tree or bush, outdoors or in a pot.</summary>
    Tree,
}
