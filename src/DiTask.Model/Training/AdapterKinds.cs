namespace DiTask.Model.Training;

/// <summary>Names in the configuration.</summary>
internal static class AdapterKinds
{
    public const string DiTask = "ditask";
    public const string Extras = "extras";
    public const string Frozen = "frozen";
    public const string Full = "full";
    public const string BitFit = "bitfit";
    public const string Lora = "lora";
    public const string MtLora = "mtlora";
    public const string Scalar = "scalar";
    public const string FreeSpectrum = "svf";
    public const string Teaching = "teaching";

    public const string Both = "both";
    public const string Joint = "joint";
    public const string Task = "task";

    public const string Identity = "identity";
    public const string Reference = "reference";
}
