namespace DiTask.Api.Predict;

/// <summary>A form of answer, in the order in which ties are resolved.</summary>
internal enum AnswerForm
{
    /// <summary>The manifest with the maps in it.</summary>
    Json,

    /// <summary>The map itself.</summary>
    Png,
}
