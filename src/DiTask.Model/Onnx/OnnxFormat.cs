namespace DiTask.Model.Onnx;

/// <summary>Versions of the ONNX standard that DiTask writes.</summary>
internal static class OnnxFormat
{
    /// <summary>Operator set: the first with Gelu.</summary>
    public const int Opset = 20;

    /// <summary>Version of the file format that belongs to it.</summary>
    public const int IrVersion = 9;

    /// <summary>Names of the axes whose size a run decides: -1 in a shape is the first, -2 the second.</summary>
    public static IReadOnlyList<string> DynamicAxes { get; } = ["batch", "rows"];
}
