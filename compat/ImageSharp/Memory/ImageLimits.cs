namespace SixLabors.ImageSharp.Memory;

internal static class ImageLimits
{
    /// <summary>More pixels than any camera takes, few enough that every byte count of a picture fits in an int.</summary>
    public const long MaxPixels = 1L << 28;

    public static void Check(Size size)
    {
        if (size.Width <= 0 || size.Height <= 0)
        {
            throw new InvalidImageContentException($"Image is {size.Width}x{size.Height}; both sides must be at least 1.");
        }

        if (size.Area > MaxPixels)
        {
            throw new InvalidImageContentException($"Image is {size.Width}x{size.Height}, {size.Area} pixels; the limit is {MaxPixels}.");
        }
    }
}
