namespace DiTask.Synth.Scenes;

/// <summary>Parts of people, with the labels of PASCAL's seven classes.</summary>
internal static class BodyPart
{
    public const byte None = 0;
    public const byte Head = 1;
    public const byte Torso = 2;
    public const byte UpperArm = 3;
    public const byte LowerArm = 4;
    public const byte UpperLeg = 5;
    public const byte LowerLeg = 6;
}
