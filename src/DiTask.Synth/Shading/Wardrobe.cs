using System.Numerics;
using DiTask.Synth.Geometry;

namespace DiTask.Synth.Shading;

/// <summary>
/// Random materials. No class has colours or patterns of its own, so colour says little about what a thing is; pictures that nobody trains on
/// draw from other patterns and other hues.
/// </summary>
internal sealed class Wardrobe(Dice dice, bool heldOut)
{
    private const int Sectors = 12;

    private static readonly TextureKind[] Seen =
        [TextureKind.Checker, TextureKind.Stripes, TextureKind.Noise, TextureKind.Marble, TextureKind.Bricks, TextureKind.Wood];

    private static readonly TextureKind[] Unseen =
        [TextureKind.Dots, TextureKind.Cells, TextureKind.Plaid, TextureKind.Zigzag, TextureKind.Ridges, TextureKind.Hexagons];

    /// <summary>Patterns of the training split, or of the others; plain is in both.</summary>
    public static IReadOnlyList<TextureKind> Kinds(bool heldOut) => heldOut ? Unseen : Seen;

    /// <summary>A colour: mostly muted, as most things are.</summary>
    public Vector3 Color()
    {
        double kind = dice.Next();
        (double saturation, double value) = kind < 0.3 ? (dice.Between(0, 0.12), dice.Between(0.1, 0.95))
            : kind < 0.75 ? (dice.Between(0.12, 0.45), dice.Between(0.25, 0.9))
            : (dice.Between(0.45, 0.9), dice.Between(0.3, 0.9));
        return FromHsv(Hue(), saturation, value);
    }

    /// <summary>A colour for something large, which vivid colours seldom have.</summary>
    public Vector3 Quiet()
    {
        double kind = dice.Next();
        double saturation = kind < 0.7 ? dice.Between(0, 0.22) : kind < 0.93 ? dice.Between(0.22, 0.42) : dice.Between(0.42, 0.8);
        return FromHsv(Hue(), saturation, dice.Between(0.35, 0.95));
    }

    /// <summary>A colour of a kind that surfaces of its place often have, or any.</summary>
    /// <param name="hue">Turn, 0 to 1.</param>
    /// <param name="saturation">Typical saturation.</param>
    /// <param name="value">Typical brightness.</param>
    /// <param name="share">How often the typical one is taken.</param>
    public Vector3 Near(double hue, double saturation, double value, double share) => dice.Chance(share)
        ? FromHsv(hue + dice.Between(-0.04, 0.04), saturation * dice.Between(0.6, 1.3), value * dice.Between(0.7, 1.25))
        : Quiet();

    /// <summary>Any material.</summary>
    /// <param name="scale">Metres of a typical repetition.</param>
    /// <param name="plain">How often there is no pattern.</param>
    public Material Any(double scale = 0.3, double plain = 0.45) => Of(dice.Chance(plain) ? TextureKind.Plain : dice.Pick<TextureKind>(heldOut ? Unseen : Seen), Color(), scale);

    /// <summary>A material of large surfaces: its two colours are close to each other.</summary>
    public Material Calm(double scale, double plain, Vector3 color)
    {
        Material material = Of(dice.Chance(plain) ? TextureKind.Plain : dice.Pick<TextureKind>(heldOut ? Unseen : Seen), color, scale);
        return material with { B = Vector3.Lerp(material.A, material.B, dice.Single(0.15, 0.55)) };
    }

    /// <summary>A material with a pattern that is given.</summary>
    public Material Of(TextureKind kind, Vector3 color, double scale)
    {
        Vector3 other = dice.Chance(0.4) ? Color() : color * dice.Single(0.35, 0.75);
        Vec3 offset = new(dice.Between(-9, 9), dice.Between(-9, 9), dice.Between(-9, 9));
        bool upright = kind is TextureKind.Bricks or TextureKind.Hexagons or TextureKind.Plaid or TextureKind.Checker || dice.Chance(0.4);
        return new Material
        {
            Kind = kind,
            A = color,
            B = other,
            Scale = scale * Math.Exp(dice.Between(-0.6, 0.6)),
            Gloss = dice.Chance(0.35) ? dice.Single(0.1, 0.7) : 0,
            Lie = upright ? Frame.Turned(offset, dice.Chance(0.7) ? 0 : dice.Between(0, Math.PI)) : dice.Rotation(offset),
        };
    }

    /// <summary>The pattern of the fronts of houses.</summary>
    public TextureKind FacadeKind => heldOut ? TextureKind.WindowBands : TextureKind.Facade;

    // Of every three sectors of the circle of hues, two are for training and one is for the others.
    private double Hue()
    {
        int sector = 3 * dice.Below(Sectors / 3) + (heldOut ? 2 : dice.Below(2));
        return (sector + dice.Next()) / Sectors;
    }

    /// <summary>Linear RGB of a colour as people name it; sRGB is taken as a power of 2.2.</summary>
    public static Vector3 FromHsv(double hue, double saturation, double value)
    {
        saturation = Math.Clamp(saturation, 0, 1);
        value = Math.Clamp(value, 0.02, 0.97);
        return new(Channel(5), Channel(3), Channel(1));

        float Channel(int offset)
        {
            double k = (offset + (6 * (hue - Math.Floor(hue)))) % 6;
            return MathF.Pow((float)(value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1))), 2.2f);
        }
    }
}
