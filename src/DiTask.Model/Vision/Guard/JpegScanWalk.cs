namespace DiTask.Model.Vision.Guard;

/// <summary>Walks the Huffman codes of a scan and counts its units, without decoding a pixel.</summary>
/// <remarks>
/// A file whose middle is gone but whose end marker is there looks whole: every decoder takes it and paints the rest gray. Only the codes
/// tell. What is asked is what decoders do without a warning: each restart interval has all of its units, no code is outside of its table,
/// and restart markers come in their order. Surplus bytes behind the last unit are harmless.
/// </remarks>
internal static class JpegScanWalk
{
    // So many units between two looks at the deadline: well under a millisecond.
    private const int UnitsOfStep = 4096;
    private const int RestartMarkers = 8;

    /// <summary>Walks one scan.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="markers">Behind the scan's header; behind its last unit afterwards.</param>
    /// <param name="scan">What is coded.</param>
    /// <param name="number">The scan's number for messages, from 1.</param>
    /// <param name="restartInterval">Units between restart markers; 0 for none.</param>
    /// <param name="cancellation">The deadline.</param>
    /// <exception cref="ImageRejectedException">Units are missing or broken.</exception>
    public static void Walk(
        ReadOnlySpan<byte> file, ref JpegMarkers markers, JpegScan scan, int number, int restartInterval, CancellationToken cancellation)
    {
        int interval = restartInterval == 0 ? scan.Units : restartInterval;
        for (int start = 0, intervals = 0; start < scan.Units; start += interval, intervals++)
        {
            if (intervals > 0)
            {
                RequireRestart(ref markers, number, (intervals - 1) % RestartMarkers);
            }

            JpegBits bits = new(file, markers.Position);
            int units = Math.Min(interval, scan.Units - start), endOfBlockRun = 0;
            for (int done = 0; done < units;)
            {
                cancellation.ThrowIfCancellationRequested();
                int step = Math.Min(UnitsOfStep, units - done);
                int walked = scan switch
                {
                    { First: 0, Last: > 0 } => Sequential(ref bits, scan, step),
                    { First: 0, Refines: false } => JpegProgressiveWalk.Means(ref bits, scan, step),
                    { First: 0 } => JpegProgressiveWalk.MoreMeans(ref bits, scan, step),
                    { Refines: false } => JpegProgressiveWalk.Waves(ref bits, scan, start + done, step, ref endOfBlockRun),
                    _ => JpegProgressiveWalk.MoreWaves(ref bits, scan, start + done, step, ref endOfBlockRun),
                };
                done += walked;
                if (walked < step)
                {
                    throw ImageGuard.Broken(
                        $"Expected {scan.Units} coded units in scan {number} of the JPEG; found {start + done} before its data end or " +
                        $"break.");
                }
            }

            markers.Position = bits.Position;
        }
    }

    private static void RequireRestart(ref JpegMarkers markers, int number, int expected)
    {
        byte marker = markers.NextOfAnyKind();
        if (marker != JpegMarkers.FirstRestart + expected)
        {
            throw ImageGuard.Broken(
                $"Expected restart marker {JpegMarkers.FirstRestart + expected:X2} in scan {number} of the JPEG; found {marker:X2} at " +
                $"byte {markers.Position - 1}.");
        }
    }

    /// <returns>Units that are whole.</returns>
    private static int Sequential(ref JpegBits bits, JpegScan scan, int units)
    {
        JpegHuffmanTable[] means = scan.Means, waves = scan.Waves;
        ulong buffer = bits.Buffer;
        int count = bits.Count, unit = 0;
        for (; unit < units; unit++)
        {
            for (int block = 0; block < means.Length; block++)
            {
                JpegHuffmanTable table = means[block];
                for (int k = 0; k < 64;)
                {
                    if (count <= JpegHuffmanTable.LongestStep)
                    {
                        buffer = bits.Refill(buffer, count);
                        count |= 56;
                    }

                    uint entry = table.Find(buffer);
                    if (entry == 0)
                    {
                        return unit;
                    }

                    buffer <<= JpegHuffmanTable.Bits(entry);
                    count -= JpegHuffmanTable.Bits(entry);
                    k += k == 0 ? 1 : JpegHuffmanTable.Advance(entry);
                    table = waves[block];
                }
            }

            if (count < bits.Padding)
            {
                return unit;
            }
        }

        bits.Buffer = buffer;
        bits.Count = count;
        return unit;
    }
}
