namespace DiTask.Synth.Scenes;

/// <summary>Splits have sequences of their own: no picture of one can come up in another.</summary>
public enum SynthSplit
{
    /// <summary>To train on.</summary>
    Train = 1,

    /// <summary>To choose models with. Other patterns, hues and shapes of furniture, vehicles and trees than training has.</summary>
    Val = 2,

    /// <summary>To be measured on once. Drawn like <see cref="Val"/>.</summary>
    Test = 3,
}
