using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>A request's body and query, read but not yet understood.</summary>
internal sealed class PredictRequest : IDisposable
{
    public List<UploadedImage> Images { get; } = [];

    public List<OptionValue> Options { get; } = [];

    /// <summary>What is wrong with it already, to be listed with what is wrong with the options.</summary>
    public List<(ErrorCode Code, string Pointer, string Detail)> Problems { get; } = [];

    /// <summary>What is wrong with the headers; null when nothing is.</summary>
    public (ErrorCode Code, string Pointer, string Detail)? HeaderProblem { get; set; }

    /// <summary>The identifier that an image asks for, or one by its place when it asks for none or for one that is taken.</summary>
    public string NewId(string? asked, int index) =>
        !string.IsNullOrEmpty(asked) && Images.TrueForAll(image => image.Id != asked) ? asked : $"image-{index}";

    public void Dispose() => Images.ForEach(image => image.Dispose());
}
