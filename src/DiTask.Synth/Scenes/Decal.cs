using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Scenes;

/// <summary>A rectangle of another material on the ground or a wall, without thickness: rug, picture, road. It has no label of its own.</summary>
/// <param name="Surface">Where it lies.</param>
/// <param name="Frame">Its middle and the axes of its sides, X and Y.</param>
/// <param name="HalfX">Half its length along X.</param>
/// <param name="HalfY">Half its length along Y.</param>
/// <param name="Material">What it is made of; its pattern lies in <paramref name="Frame"/>.</param>
internal sealed record Decal(int Surface, Frame Frame, double HalfX, double HalfY, Material Material)
{
    public bool Covers(Vec3 point, out Vec3 local)
    {
        local = Frame.ToLocal(point);
        return Math.Abs(local.X) < HalfX && Math.Abs(local.Y) < HalfY;
    }
}
