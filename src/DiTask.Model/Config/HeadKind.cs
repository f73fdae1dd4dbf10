namespace DiTask.Model.Config;

/// <summary>The decoder head of a task. Reference specification 4.2 and 4.5.</summary>
public enum HeadKind
{
    /// <summary>Four levels resized to the finest and concatenated, then two 1x1 convolutions: every released model.</summary>
    Hrnet,

    /// <summary>Three transposed convolutions.</summary>
    UpDecoder,

    /// <summary>One linear layer per level, then a fusing convolution.</summary>
    SegFormer,

    /// <summary>Atrous spatial pyramid pooling.</summary>
    Aspp,

    /// <summary>Keys of no known head.</summary>
    Unknown,
}
