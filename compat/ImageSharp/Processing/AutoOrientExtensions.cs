namespace SixLabors.ImageSharp.Processing;

public static class AutoOrientExtensions
{
    public static IImageProcessingContext AutoOrient(this IImageProcessingContext source)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.AutoOrient();
        return source;
    }
}
