namespace DiTask.Model.Diagnosis.Signals;

/// <summary>One of the four signals that a shared backbone should be split.</summary>
/// <param name="Name">In two or three words.</param>
/// <param name="State">Whether it is there.</param>
/// <param name="Text">Why, with the numbers.</param>
internal sealed record Signal(string Name, SignalState State, string Text);
