using System.Text;

namespace DiTask.Api.Predict;

/// <summary>Writes parts one behind the other (RFC 2046, 5.1), each with its type, length and identifier.</summary>
internal sealed class MultipartMixed
{
    private readonly IReadOnlyList<AnswerPart> parts;
    private readonly byte[][] heads;
    private readonly byte[] end;

    public MultipartMixed(IReadOnlyList<AnswerPart> parts)
    {
        // 122 random bits: no map has them.
        string boundary = Guid.NewGuid().ToString("N");
        ContentType = $"{AnswerForms.Multipart}; boundary={boundary}";
        this.parts = parts;
        heads =
        [
            .. parts.Select((part, index) => Encoding.ASCII.GetBytes(
                $"{(index == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: {part.MediaType}\r\nContent-Length: {part.Bytes.Length}\r\nContent-ID: <{part.Name}>\r\n\r\n")),
        ];
        end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
    }

    /// <summary>The body's type with its boundary.</summary>
    public string ContentType { get; }

    /// <summary>Bytes of the body.</summary>
    public long Length => heads.Sum(head => (long)head.Length) + parts.Sum(part => (long)part.Bytes.Length) + end.Length;

    /// <summary>Writes the body.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            await output.WriteAsync(heads[i], cancellation).ConfigureAwait(false);
            await output.WriteAsync(parts[i].Bytes, cancellation).ConfigureAwait(false);
        }

        await output.WriteAsync(end, cancellation).ConfigureAwait(false);
    }
}
