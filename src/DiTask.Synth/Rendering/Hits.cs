using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Rendering;

/// <summary>What the ray through the middle of each pixel meets.</summary>
internal sealed class Hits(int size)
{
    public int Size => size;

    public int[] Surface { get; } = new int[size * size];

    /// <summary>Along the ray, in metres; infinite for the sky.</summary>
    public double[] Distance { get; } = new double[size * size];

    public Vec3[] Direction { get; } = new Vec3[size * size];

    /// <summary>In the world, towards the camera's side.</summary>
    public Vec3[] Normal { get; } = new Vec3[size * size];

    public int[] Instance { get; } = new int[size * size];

    public Vec3 Point(Scene scene, int pixel) => scene.Camera.Position + (Distance[pixel] * Direction[pixel]);
}
