using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>NumPy files of one shape as one: [H, W] of several images becomes [N, H, W], [H, W, C] becomes [N, H, W, C]; one image stays as it is.</summary>
internal sealed class StackedArray
{
    private readonly ReadOnlyMemory<byte>[] pieces;

    public StackedArray(IReadOnlyList<EncodedMap> maps)
    {
        if (maps.Count == 1)
        {
            pieces = [maps[0].Bytes];
            return;
        }

        MapEncoding encoding = maps[0].Encoding;
        bool isByte = encoding.DType == "uint8";
        int bytes = encoding.Height * encoding.Width * encoding.Channels * (isByte ? sizeof(byte) : sizeof(float));
        int[] shape = [maps.Count, encoding.Height, encoding.Width];
        using MemoryStream header = new();
        NpyFile.WriteHeader(header, isByte ? NpyFile.ByteDescr : NpyFile.SingleDescr, encoding.Channels == 1 ? shape : [.. shape, encoding.Channels]);
        pieces = [header.ToArray(), .. maps.Select(map => map.Bytes[^bytes..])];
    }

    /// <summary>Bytes of the file.</summary>
    public long Length => pieces.Sum(piece => (long)piece.Length);

    /// <summary>Writes the file.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            await output.WriteAsync(piece, cancellation).ConfigureAwait(false);
        }
    }
}
