using DiTask.Synth.Geometry;

namespace DiTask.Synth.Scenes;

/// <summary>Primitives that are one thing.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Frame">Its own space, in which its patterns lie.</param>
/// <param name="First">Its first primitive.</param>
/// <param name="Count">Its primitives.</param>
/// <param name="Center">Middle of a sphere around all of it.</param>
/// <param name="Radius">Radius of that sphere.</param>
internal readonly record struct SceneObject(SceneClass Class, Frame Frame, int First, int Count, Vec3 Center, double Radius);
