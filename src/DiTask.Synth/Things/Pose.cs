using DiTask.Synth.Geometry;

namespace DiTask.Synth.Things;

/// <summary>The angles of a body, in radians; arrays hold left and right.</summary>
internal sealed class Pose
{
    public double Lean;
    public double Sway;
    public double Nod;
    public double HeadTurn;

    /// <summary>Upper arm forward from hanging.</summary>
    public readonly double[] ArmSwing = new double[2];

    /// <summary>Upper arm outward from hanging.</summary>
    public readonly double[] ArmSpread = new double[2];

    public readonly double[] Elbow = new double[2];

    /// <summary>How far the lower arm bends inwards rather than forward, -1 to 1.</summary>
    public readonly double[] ElbowIn = new double[2];

    /// <summary>Upper leg forward from standing.</summary>
    public readonly double[] LegSwing = new double[2];

    public readonly double[] LegSpread = new double[2];

    public readonly double[] Knee = new double[2];

    public static Pose Random(Dice dice)
    {
        Pose pose = new()
        {
            Lean = dice.Between(-0.05, 0.12),
            Sway = dice.Between(-0.07, 0.07),
            Nod = dice.Between(-0.25, 0.3),
            HeadTurn = dice.Between(-0.8, 0.8),
        };
        for (int side = 0; side < 2; side++)
        {
            pose.Arm(side, dice.Between(-0.3, 0.4), dice.Between(0.08, 0.35), dice.Between(0.1, 0.7), dice.Between(-0.2, 0.5));
            pose.Leg(side, dice.Between(-0.12, 0.15), dice.Between(0.02, 0.16), dice.Between(0, 0.15));
        }

        int lead = dice.Below(2);
        switch (dice.Below(8))
        {
            case 0 or 1:
                pose.Walk(lead, dice.Between(0.3, 0.65), dice);
                break;
            case 2:
                pose.Arm(lead, dice.Between(-0.1, 0.5), dice.Between(1.2, 2.2), dice.Between(0.6, 1.9), dice.Between(-0.2, 0.9));
                break;
            case 3:
                pose.Arm(0, dice.Between(-0.2, 0.4), dice.Between(1.8, 2.7), dice.Between(0, 0.9), dice.Between(0, 1));
                pose.Arm(1, dice.Between(-0.2, 0.4), dice.Between(1.8, 2.7), dice.Between(0, 0.9), dice.Between(0, 1));
                break;
            case 4:
                pose.Arm(0, dice.Between(-0.6, -0.3), 0.7, dice.Between(1.5, 1.9), 0.9);
                pose.Arm(1, dice.Between(-0.6, -0.3), 0.7, dice.Between(1.5, 1.9), 0.9);
                break;
            case 5:
                pose.Arm(lead, dice.Between(1.1, 1.7), dice.Between(0, 0.5), dice.Between(0, 0.5), 0.2);
                break;
            case 6:
                pose.Arm(0, dice.Between(0.3, 0.7), dice.Between(0.1, 0.3), dice.Between(1.2, 2.0), dice.Between(0.1, 0.8));
                pose.Arm(1, dice.Between(0.3, 0.7), dice.Between(0.1, 0.3), dice.Between(1.2, 2.0), dice.Between(0.1, 0.8));
                break;
            default:
                break;
        }

        return pose;
    }

    /// <summary>On a seat, hands near the knees.</summary>
    public static Pose Sitting(Dice dice)
    {
        Pose pose = Random(dice);
        pose.Lean = dice.Between(-0.15, 0.1);
        for (int side = 0; side < 2; side++)
        {
            double thigh = dice.Between(1.46, 1.56);
            pose.Leg(side, thigh, dice.Between(0.06, 0.2), thigh + dice.Between(-0.12, 0.12));
            if (dice.Chance(0.7))
            {
                pose.Arm(side, dice.Between(0.2, 0.7), dice.Between(0.08, 0.25), dice.Between(0.5, 1.2), dice.Between(0, 0.4));
            }
        }

        return pose;
    }

    private void Walk(int lead, double stride, Dice dice)
    {
        int trail = 1 - lead;
        Leg(lead, stride, 0.04, dice.Between(0.05, 0.3));
        Leg(trail, -0.7 * stride, 0.04, dice.Between(0.2, 0.7));
        Arm(trail, 0.9 * stride, 0.12, dice.Between(0.3, 0.9), 0.2);
        Arm(lead, -0.9 * stride, 0.12, dice.Between(0.2, 0.6), 0.1);
    }

    private void Arm(int side, double swing, double spread, double elbow, double inward) =>
        (ArmSwing[side], ArmSpread[side], Elbow[side], ElbowIn[side]) = (swing, spread, elbow, inward);

    private void Leg(int side, double swing, double spread, double knee) => (LegSwing[side], LegSpread[side], Knee[side]) = (swing, spread, knee);
}
