using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>People: eggs for head and trunk, tapered limbs with round joints.</summary>
internal static class Person
{
    private const double Thigh = 0.43;
    private const double Shin = 0.41;
    private const double UpperArm = 0.29;
    private const double LowerArm = 0.25;

    /// <summary>Height of a seat on which a grown-up's feet reach the floor.</summary>
    public const double SeatHeight = 0.45;

    /// <summary>Someone on their feet, the lowest point at z = 0.</summary>
    public static Assembly Standing(Dice dice, Wardrobe wardrobe) => Build(Pose.Random(dice), Size(dice), null, dice, wardrobe);

    /// <summary>Someone on a seat whose top is at <see cref="SeatHeight"/> and whose middle is the origin.</summary>
    public static Assembly Sitting(Dice dice, Wardrobe wardrobe) => Build(Pose.Sitting(dice), dice.Between(0.98, 1.03), SeatHeight, dice, wardrobe);

    private static double Size(Dice dice) => dice.Chance(0.15) ? dice.Between(0.62, 0.85) : dice.Between(0.9, 1.1);

    private static Assembly Build(Pose pose, double size, double? seat, Dice dice, Wardrobe wardrobe)
    {
        Outfit outfit = new(dice, wardrobe);
        Assembly trial = Body(pose, size, default, outfit);
        // Bodies are built about the hips and then lifted until the lowest foot stands.
        Vec3 lift = new(0, seat is null ? 0 : -0.03, seat is { } height ? height + (0.1 * size) : -trial.Least.Z);
        return Body(pose, size, lift, outfit);
    }

    private static Assembly Body(Pose pose, double size, Vec3 hips, Outfit outfit)
    {
        Assembly body = new(SceneClass.Person);
        double girth = size * outfit.Girth;
        Vec3 up = new Vec3(Math.Sin(pose.Sway), Math.Sin(pose.Lean), Math.Cos(pose.Lean) * Math.Cos(pose.Sway)).Unit();
        Frame trunk = Frame.Facing(hips, up, Vec3.Ahead);
        Vec3 At(double x, double y, double z) => trunk.ToWorld(size * new Vec3(x, y, z));
        Frame Aligned(double x, double y, double z) => trunk with { Origin = At(x, y, z) };

        body.Egg(Aligned(0, 0, 0.02), new(0.168 * girth, 0.122 * girth, 0.125 * size), outfit.Trousers, BodyPart.Torso);
        body.Egg(Aligned(0, 0.005, 0.2), new(0.152 * girth, 0.112 * girth, 0.21 * size), outfit.Shirt, BodyPart.Torso);
        body.Egg(Aligned(0, 0.005, 0.35), new(0.178 * girth, 0.12 * girth, 0.185 * size), outfit.Shirt, BodyPart.Torso);
        body.Capsule(At(-0.135, 0, 0.455), At(0.135, 0, 0.455), 0.064 * girth, outfit.Shirt, BodyPart.Torso);
        body.Frustum(At(0, 0, 0.48), At(0, 0.015, 0.6), 0.055 * size, 0.048 * size, outfit.Skin, BodyPart.Torso);
        Head(body, pose, size, trunk, At(0, 0.02, 0.675), outfit);
        for (int side = 0; side < 2; side++)
        {
            Arm(body, pose, side, girth, size, trunk, outfit);
            Leg(body, pose, side, girth, size, hips, outfit);
        }

        return body;
    }

    private static void Head(Assembly body, Pose pose, double size, in Frame trunk, Vec3 at, Outfit outfit)
    {
        (double sin, double cos) = Math.SinCos(pose.HeadTurn);
        Vec3 ahead = trunk.ToWorldDirection(new(-sin, cos, 0));
        Frame head = Frame.Facing(at, trunk.Z + (Math.Tan(pose.Nod) * ahead), ahead);
        body.Egg(head, size * new Vec3(0.077, 0.094, 0.118), outfit.Skin, BodyPart.Head);
        body.Egg(head with { Origin = head.ToWorld(size * new Vec3(0, 0.093, -0.012)) }, size * new Vec3(0.014, 0.024, 0.026), outfit.Skin, BodyPart.Head);
        foreach (double eye in (ReadOnlySpan<double>)[-0.031, 0.031])
        {
            body.Ball(head.ToWorld(size * new Vec3(eye, 0.079, 0.018)), 0.013 * size, outfit.Eyes, BodyPart.Head);
        }

        Vec3 hair = outfit.LongHair ? new(0.086, 0.088, 0.15) : new(0.082, 0.093, 0.105);
        body.Egg(head with { Origin = head.ToWorld(size * new Vec3(0, -0.026, outfit.LongHair ? 0.005 : 0.034)) }, size * hair, outfit.Hair, BodyPart.Head);
        if (outfit.Hat)
        {
            Vec3 At(double z) => head.ToWorld(size * new Vec3(0, -0.01, z));
            body.Frustum(At(0.06), At(0.15), 0.092 * size, 0.08 * size, outfit.Shoes, BodyPart.Head);
            body.Frustum(At(0.055), At(0.066), 0.13 * size, 0.13 * size, outfit.Shoes, BodyPart.Head);
        }
    }

    private static void Arm(Assembly body, Pose pose, int side, double girth, double size, in Frame trunk, Outfit outfit)
    {
        double outward = side == 0 ? -1 : 1;
        Vec3 shoulder = trunk.ToWorld(size * new Vec3(0.19 * outward * outfit.Girth, 0, 0.45));
        Vec3 upper = Limb(outward, pose.ArmSwing[side], pose.ArmSpread[side]);
        Vec3 bend = new Vec3(-outward * pose.ElbowIn[side], 1 - (0.5 * Math.Abs(pose.ElbowIn[side])), 0.2);
        Vec3 lower = Bent(upper, bend, pose.Elbow[side]);
        Vec3 elbow = shoulder + (UpperArm * size * trunk.ToWorldDirection(upper));
        Vec3 wrist = elbow + (LowerArm * size * trunk.ToWorldDirection(lower));
        Vec3 hand = wrist + (0.07 * size * trunk.ToWorldDirection(lower));
        Material sleeve = outfit.LongSleeves ? outfit.Shirt : outfit.Skin;
        Segment(body, shoulder, elbow, 0.058 * girth, 0.044 * girth, outfit.Shirt, BodyPart.UpperArm);
        Segment(body, elbow, wrist, 0.043 * girth, 0.031 * girth, sleeve, BodyPart.LowerArm);
        body.Egg(Frame.Along(hand, hand - wrist), size * new Vec3(0.042, 0.03, 0.085), outfit.Skin, BodyPart.LowerArm);
    }

    private static void Leg(Assembly body, Pose pose, int side, double girth, double size, Vec3 hips, Outfit outfit)
    {
        double outward = side == 0 ? -1 : 1;
        Vec3 hip = hips + (size * new Vec3(0.092 * outward, 0, -0.03));
        Vec3 upper = Limb(outward, pose.LegSwing[side], pose.LegSpread[side]);
        // Knees bend backwards, which is down when the thigh is level.
        (double forward, double straight) = Math.SinCos(pose.LegSwing[side]);
        Vec3 lower = Bent(upper, new(0, -straight, -forward), pose.Knee[side]);
        Vec3 knee = hip + (Thigh * size * upper), ankle = knee + (Shin * size * lower);
        Vec3 toe = (new Vec3(0.15 * outward, 1, 0) - (Vec3.Dot(new(0.15 * outward, 1, 0), lower) * lower)).Unit();
        // Feet stay level unless the shin is far from upright.
        toe = (toe + (1.5 * new Vec3(0.15 * outward, 1, 0))).Unit();
        Segment(body, hip, knee, 0.088 * girth, 0.062 * girth, outfit.Trousers, BodyPart.UpperLeg);
        Segment(body, knee, ankle, 0.06 * girth, 0.042 * girth, outfit.Shorts ? outfit.Skin : outfit.Trousers, BodyPart.LowerLeg);
        body.Capsule(ankle + (size * ((-0.02 * toe) - (0.03 * Vec3.Up))), ankle + (size * ((0.15 * toe) - (0.04 * Vec3.Up))), 0.043 * size, outfit.Shoes, BodyPart.LowerLeg);
    }

    private static void Segment(Assembly body, Vec3 from, Vec3 to, double thick, double thin, Material material, byte part) =>
        body.Ball(from, thick, material, part).Frustum(from, to, thick, thin, material, part).Ball(to, thin, material, part);

    private static Vec3 Limb(double outward, double swing, double spread) =>
        new(outward * Math.Sin(spread), Math.Sin(swing) * Math.Cos(spread), -Math.Cos(swing) * Math.Cos(spread));

    // Turns a direction by an angle towards another one.
    private static Vec3 Bent(Vec3 straight, Vec3 towards, double angle)
    {
        Vec3 across = towards - (Vec3.Dot(towards, straight) * straight);
        return across.Length < 1e-6 ? straight : (Math.Cos(angle) * straight) + (Math.Sin(angle) * across.Unit());
    }

    private sealed class Outfit
    {
        public Outfit(Dice dice, Wardrobe wardrobe)
        {
            Vector3 skin = Wardrobe.FromHsv(dice.Between(0.03, 0.1), dice.Between(0.25, 0.6), dice.Between(0.3, 0.92));
            // One person in five is a dummy of any colour, so that skin is no sure sign of a person.
            Skin = Material.Plain(dice.Chance(0.8) ? skin : wardrobe.Color(), 0.1f);
            Hair = Material.Plain(dice.Chance(0.7) ? Wardrobe.FromHsv(dice.Between(0.02, 0.12), dice.Between(0.1, 0.6), dice.Between(0.06, 0.6)) : wardrobe.Color(), 0.2f);
            Eyes = Material.Plain(new(0.02f, 0.02f, 0.03f), 0.6f);
            Shirt = wardrobe.Any(0.12, 0.5);
            Trousers = dice.Chance(0.15) ? Shirt : wardrobe.Any(0.12, 0.7);
            Shoes = wardrobe.Any(0.1, 0.9);
            LongSleeves = dice.Chance(0.55);
            Shorts = dice.Chance(0.25);
            Hat = dice.Chance(0.15);
            LongHair = dice.Chance(0.4);
            Girth = dice.Between(0.9, 1.2);
        }

        public Material Skin { get; }

        public Material Hair { get; }

        public Material Eyes { get; }

        public Material Shirt { get; }

        public Material Trousers { get; }

        public Material Shoes { get; }

        public bool LongSleeves { get; }

        public bool Shorts { get; }

        public bool Hat { get; }

        public bool LongHair { get; }

        public double Girth { get; }
    }
}
