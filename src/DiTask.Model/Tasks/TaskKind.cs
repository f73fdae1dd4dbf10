namespace DiTask.Model.Tasks;

/// <summary>What a pixel of a task's map means.</summary>
public enum TaskKind
{
    /// <summary>One class per pixel: arg max over the channels.</summary>
    Labels,

    /// <summary>One number per pixel.</summary>
    Scalar,

    /// <summary>A unit vector per pixel.</summary>
    Vector,
}
