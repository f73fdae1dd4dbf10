using DiTask.Model.Data;
using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Scenes;

/// <summary>Makes the scene with a number.</summary>
internal static class SceneFactory
{
    /// <summary>How often somebody stands close enough for their lower arms to be seen.</summary>
    public const double PeopleShare = 0.55;

    public static Scene Create(long seed, SynthSplit split, int index, World world)
    {
        Dice dice = new(new CounterRandom(seed, RandomPurpose.Scene, (long)split, index));
        bool heldOut = split != SynthSplit.Train;
        // Drawn in any case, so that a picture does not change with the choice of worlds.
        bool indoor = dice.Chance(0.5);
        return world == World.Indoor || (world == World.Both && indoor)
            ? new IndoorScene(dice, heldOut).Build()
            : new OutdoorScene(dice, heldOut).Build();
    }

    internal static Film Film(Dice dice) => new()
    {
        Exposure = dice.Single(0.36, 0.54),
        Balance = new(dice.Single(0.88, 1.14), dice.Single(0.94, 1.06), dice.Single(0.86, 1.16)),
        Vignetting = dice.Single(0, 0.4),
        Noise = dice.Single(0.003, 0.016),
        Key = dice.Bits(),
    };
}
