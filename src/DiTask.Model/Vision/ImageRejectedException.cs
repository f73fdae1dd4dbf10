namespace DiTask.Model.Vision;

/// <summary>A picture was refused; the message names what was expected and what was found.</summary>
public sealed class ImageRejectedException : Exception
{
    /// <summary>A refusal.</summary>
    public ImageRejectedException(ImageRejection reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    /// <summary>Why.</summary>
    public ImageRejection Reason { get; }
}
