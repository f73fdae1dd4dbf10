using DiTask.Synth.Geometry;

namespace DiTask.Synth.Scenes;

/// <summary>A square picture through a lens with radial distortion.</summary>
internal sealed class Camera
{
    private readonly Vec3 right;
    private readonly Vec3 down;
    private readonly double tangent;
    private readonly double distortion;

    /// <summary>A camera.</summary>
    /// <param name="position">Where it is.</param>
    /// <param name="yaw">Radians from ahead to the left.</param>
    /// <param name="pitch">Radians down.</param>
    /// <param name="roll">Radians about the line of sight.</param>
    /// <param name="fieldOfView">Radians across the middle row, before distortion.</param>
    /// <param name="distortion">Below 0 is a barrel, above 0 a cushion.</param>
    public Camera(Vec3 position, double yaw, double pitch, double roll, double fieldOfView, double distortion)
    {
        Position = position;
        this.distortion = distortion;
        tangent = Math.Tan(fieldOfView / 2);
        (double sinYaw, double cosYaw) = Math.SinCos(yaw);
        (double sinPitch, double cosPitch) = Math.SinCos(pitch);
        (double sinRoll, double cosRoll) = Math.SinCos(roll);
        Forward = new(-sinYaw * cosPitch, cosYaw * cosPitch, -sinPitch);
        Vec3 level = new(cosYaw, sinYaw, 0);
        Vec3 below = Vec3.Cross(Forward, level);
        right = (cosRoll * level) + (sinRoll * below);
        down = (cosRoll * below) - (sinRoll * level);
        Yaw = yaw;
        FieldOfView = fieldOfView;
    }

    public Vec3 Position { get; }

    public Vec3 Forward { get; }

    public double Yaw { get; }

    public double FieldOfView { get; }

    /// <summary>Radians of a pixel in the middle of a picture of <paramref name="size"/> pixels.</summary>
    public double PixelAngle(int size) => 2 * tangent / size;

    /// <summary>Unit direction in the world through a place in the picture; the middle of the first pixel is (0.5, 0.5).</summary>
    public Vec3 Direction(double x, double y, int size)
    {
        double u = ((2 * x / size) - 1) * tangent, v = ((2 * y / size) - 1) * tangent;
        double scale = 1 + (distortion * ((u * u) + (v * v)));
        return (Forward + ((scale * u) * right) + ((scale * v) * down)).Unit();
    }

    /// <summary>A direction of the world in the camera's frame: x right, y down, z ahead.</summary>
    public Vec3 ToCamera(Vec3 direction) => new(Vec3.Dot(direction, right), Vec3.Dot(direction, down), Vec3.Dot(direction, Forward));
}
