namespace DiTask.Api.Predict;

/// <summary>A form of answer, in the order in which ties are resolved.</summary>
internal enum AnswerForm
{
    /// <summary>The manifest with the maps in it.</summary>
    Json,

    /// <summary>The manifest and the maps as files of an archive.</summary>
    Zip,

    /// <summary>The manifest and the maps as parts of a body.</summary>
    Multipart,

    /// <summary>The map itself.</summary>
    Png,

    /// <summary>The values of the map, or of the same map of several images, as one array.</summary>
    Npy,
}
