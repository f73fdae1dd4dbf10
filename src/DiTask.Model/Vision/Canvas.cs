namespace DiTask.Model.Vision;

/// <summary>Draws boxes, pictures and text on a picture; whatever lies outside is cut off.</summary>
internal sealed class Canvas(RgbImage image)
{
    public void Fill(int left, int top, int width, int height, int color)
    {
        int right = Math.Min(left + width, image.Width), bottom = Math.Min(top + height, image.Height);
        for (int y = Math.Max(top, 0); y < bottom; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = Math.Max(left, 0); x < right; x++)
            {
                row[3 * x] = (byte)(color >> 16);
                row[(3 * x) + 1] = (byte)(color >> 8);
                row[(3 * x) + 2] = (byte)color;
            }
        }
    }

    public void Draw(RgbImage picture, int left, int top)
    {
        int width = Math.Min(picture.Width, image.Width - left);
        for (int y = 0; y < picture.Height && top + y < image.Height; y++)
        {
            picture.Row(y)[..(3 * width)].CopyTo(image.Row(top + y)[(3 * left)..]);
        }
    }

    public void Write(string text, int left, int top, int scale, int color)
    {
        foreach (char letter in text)
        {
            for (int row = 0; row < BitmapFont.Height; row++)
            {
                for (int column = 0; column < BitmapFont.Width; column++)
                {
                    if (BitmapFont.IsSet(letter, column, row))
                    {
                        Fill(left + (column * scale), top + (row * scale), scale, scale, color);
                    }
                }
            }

            left += (BitmapFont.Width + 1) * scale;
        }
    }
}
