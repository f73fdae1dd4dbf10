namespace DiTask.Api.Predict;

/// <summary>A request's body and query, read but not yet understood.</summary>
internal sealed class PredictRequest : IDisposable
{
    public List<UploadedImage> Images { get; } = [];

    public List<OptionValue> Options { get; } = [];

    public void Dispose() => Images.ForEach(image => image.Dispose());
}
