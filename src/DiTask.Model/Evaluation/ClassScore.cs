namespace DiTask.Model.Evaluation;

/// <summary>How well one class of a label task was found.</summary>
/// <param name="Name">The data set's name of the class.</param>
/// <param name="Iou">Intersection over union in percent, pooled over the set; 0 for a class that neither labels nor predictions hold.</param>
/// <param name="LabelledPixels">Pixels that the labels give to the class.</param>
/// <param name="PredictedPixels">Labelled pixels that the model gives to the class.</param>
public sealed record ClassScore(string Name, double Iou, long LabelledPixels, long PredictedPixels);
