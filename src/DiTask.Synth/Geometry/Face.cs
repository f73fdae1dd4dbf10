namespace DiTask.Synth.Geometry;

/// <summary>A half space: points with Normal . p at most Offset are inside.</summary>
internal readonly record struct Face(Vec3 Normal, double Offset);
