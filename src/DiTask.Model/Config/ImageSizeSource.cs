namespace DiTask.Model.Config;

/// <summary>What the image size of a checkpoint was read from, most trusted first.</summary>
public enum ImageSizeSource
{
    /// <summary>The caller said it.</summary>
    Given,

    /// <summary>The number of windows in the attention masks.</summary>
    AttentionMask,

    /// <summary>A stage whose window is smaller than the first one's, because its grid is.</summary>
    WindowSize,

    /// <summary>The length of the absolute position embedding.</summary>
    PositionEmbedding,

    /// <summary>The training configuration inside the file.</summary>
    EmbeddedConfig,

    /// <summary>224, the size at which plain Swin backbones are published.</summary>
    Convention,

    /// <summary>Nothing says it; the size is 0 until the caller does.</summary>
    Unknown,
}
