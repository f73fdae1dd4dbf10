using DiTask.Api.Predict.Contract;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>What the endpoint writes: the manifest, and the bare map where that is the answer's form.</summary>
/// <param name="Answer">The manifest.</param>
/// <param name="BareMap">The only map of the answer, when its form is image/png; null for JSON.</param>
internal sealed record Prediction(PredictAnswer Answer, EncodedMap? BareMap);
