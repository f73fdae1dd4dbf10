namespace DiTask.Model.Data.Transforms;

/// <summary>How much a training picture is mirrored, turned and zoomed. All labels follow.</summary>
/// <remarks><b>Source:</b> data/mtl_ds.py:get_transformations @7541c55.</remarks>
public sealed record Augmentation
{
    /// <summary>Nothing: what evaluation does.</summary>
    public static Augmentation None { get; } = new() { FlipProbability = 0 };

    /// <summary>The authors' ranges for PASCAL-Context.</summary>
    public static Augmentation Pascal { get; } = new() { MaxAngleDegrees = 20, MinScale = 0.75, MaxScale = 1.25 };

    /// <summary>The authors' choices for NYUD-v2: no turns, three zooms.</summary>
    public static Augmentation Nyud { get; } = new() { Scales = [1, 1.2, 1.5] };

    /// <summary>Share of the pictures that are mirrored left to right. Default 0.5.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Turns are uniform between minus and plus this angle. Default 0.</summary>
    public double MaxAngleDegrees { get; init; }

    /// <summary>Zooms are uniform from this to <see cref="MaxScale"/>. Default 1.</summary>
    public double MinScale { get; init; } = 1;

    /// <summary>End of the range of zooms. Default 1.</summary>
    public double MaxScale { get; init; } = 1;

    /// <summary>Zooms to choose from instead of a range. Default none.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [];

    /// <summary>What is wrong with the numbers; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (!(FlipProbability is >= 0 and <= 1))
        {
            problems.Add($"The probability of a flip: expected 0 to 1; found {FlipProbability}.");
        }

        if (!(MaxAngleDegrees is >= 0 and <= 180))
        {
            problems.Add($"The largest angle: expected 0 to 180 degrees; found {MaxAngleDegrees}.");
        }

        if (!(MinScale > 0 && MaxScale >= MinScale && double.IsFinite(MaxScale)))
        {
            problems.Add($"The zooms: expected 0 < least <= most; found {MinScale} to {MaxScale}.");
        }

        if (Scales.Any(scale => !(scale > 0 && double.IsFinite(scale))))
        {
            problems.Add($"The zooms to choose from: expected positive numbers; found {string.Join(", ", Scales)}.");
        }

        return problems;
    }

    // Every draw takes the same number of random numbers, so that switching one kind off leaves the others as they were.
    internal Distortion Draw(CounterRandom random)
    {
        bool flip = random.NextDouble() < FlipProbability;
        double angle = random.NextDouble(-MaxAngleDegrees, MaxAngleDegrees);
        double place = random.NextDouble();
        double scale = Scales.Count > 0 ? Scales[(int)(place * Scales.Count)] : MinScale + ((MaxScale - MinScale) * place);
        return new Distortion(flip, angle, scale);
    }
}
