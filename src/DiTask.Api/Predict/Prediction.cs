using DiTask.Api.Models;
using DiTask.Api.Predict.Contract;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>What the endpoint writes.</summary>
/// <param name="Answer">The manifest with the maps in it.</param>
/// <param name="Form">The form that it is written in.</param>
/// <param name="BareMaps">The map of each image, when the form is the maps alone; else empty.</param>
/// <param name="Times">Where the time went.</param>
internal sealed record Prediction(PredictAnswer Answer, AnswerForm Form, IReadOnlyList<EncodedMap> BareMaps, RequestTimes Times);
