using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>A request's body and query, read but not yet understood.</summary>
internal sealed class PredictRequest : IDisposable
{
    public List<UploadedImage> Images { get; } = [];

    public List<OptionValue> Options { get; } = [];

    /// <summary>What is wrong with it already, to be listed with what is wrong with the options.</summary>
    public List<(ErrorCode Code, string Pointer, string Detail)> Problems { get; } = [];

    public void Dispose() => Images.ForEach(image => image.Dispose());
}
