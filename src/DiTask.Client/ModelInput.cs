namespace DiTask.Client;

/// <summary>What a model reads.</summary>
/// <param name="Size">Sides of its square input, pixels.</param>
/// <param name="Mean">Subtracted from each channel in 0 to 1: red, green, blue.</param>
/// <param name="Std">Divides each channel.</param>
public sealed record ModelInput(int Size, IReadOnlyList<float> Mean, IReadOnlyList<float> Std);
