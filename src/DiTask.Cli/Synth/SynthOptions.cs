using DiTask.Synth.Rendering;

namespace DiTask.Cli.Synth;

/// <summary>What <c>ditask synth</c> writes.</summary>
/// <param name="Folder">Where to.</param>
/// <param name="Train">Pictures to train on.</param>
/// <param name="Val">Pictures to choose models with.</param>
/// <param name="Test">Pictures to be measured on once.</param>
/// <param name="Size">Side in pixels.</param>
/// <param name="Seed">Of everything.</param>
/// <param name="Threads">Pictures drawn at one time.</param>
/// <param name="Tiles">Things of a collage in a row, and rows of them.</param>
/// <param name="Scenes">What scenes have; collages have none of it.</param>
internal sealed record SynthOptions(string Folder, int Train, int Val, int Test, int Size, long Seed, int Threads, int Tiles, SceneOptions Scenes);
