namespace DiTask.Api.OpenInference;

/// <summary>A tensor as the protocol describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">BYTES, UINT8 or FP32.</param>
/// <param name="Shape">With the batch, -1, in front.</param>
internal sealed record TensorInfo(string Name, string Datatype, IReadOnlyList<long> Shape)
{
    public const string Bytes = "BYTES";
    public const string Uint8 = "UINT8";
    public const string Fp32 = "FP32";

    /// <summary>Elements of one image.</summary>
    public long ElementsPerImage => Shape.Skip(1).Aggregate(1L, (product, side) => product * side);

    /// <summary>The datatype in a model's configuration.</summary>
    public string ConfigurationType => Datatype == Bytes ? "TYPE_STRING" : "TYPE_" + Datatype;
}
