using System.Net;
using System.Net.Http.Headers;

namespace DiTask.Client;

/// <summary>The body of a photo. Unlike <see cref="StreamContent"/> it leaves the stream open, so that the photo can be sent again.</summary>
internal sealed class ImageContent : HttpContent
{
    private readonly ImageSource image;

    public ImageContent(ImageSource image)
    {
        this.image = image;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        image.CopyToAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        image.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = image.Length ?? 0;
        return image.Length is not null;
    }
}
