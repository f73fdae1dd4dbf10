using System.Net.Http.Headers;
using DiTask.Model.Vision;

namespace DiTask.Api.Tests;

/// <summary>Pictures of one gray level, and request bodies with them.</summary>
internal static class Pictures
{
    public static byte[] Gray(int level, int width = 24, int height = 16)
    {
        using RgbImage image = new(width, height);
        image.Pixels.Fill((byte)level);
        using MemoryStream stream = new();
        MapEncoder.WriteRgb(stream, image);
        return stream.ToArray();
    }

    public static HttpContent Raw(byte[] bytes, string type = "image/png")
    {
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    public static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] images)
    {
        MultipartFormDataContent form = [];
        foreach ((string name, byte[] bytes) in images)
        {
            form.Add(Raw(bytes), "image", name);
        }

        return form;
    }

    public static MultipartFormDataContent With(this MultipartFormDataContent form, string name, string value)
    {
        form.Add(new StringContent(value), name);
        return form;
    }
}
