namespace DiTask.Model.Vision.Guard;

/// <summary>Rules for JPEG.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>One frame header: decoders take the first or the last of two, and memory was measured by one of them.</item>
/// <item>A bounded number of scans, and of scans times pixels: each scan is a pass over the whole picture for a few bytes of file.</item>
/// <item>Every scan holds all of its units, see <see cref="JpegScanWalk"/>, and every component is in one: or a part of the picture is made
/// up.</item>
/// <item>An end marker: a file without one was cut off.</item>
/// </list>
/// </remarks>
internal static class JpegGuard
{
    // Encoders write about ten progressive scans; decoders give up beyond this number, after they have worked for it.
    private const int MostScans = 100;

    // A coefficient is 16 bits.
    private const int CoefficientBytes = 2;

    private static ReadOnlySpan<byte> Magic => [0xFF, JpegMarkers.StartOfImage, 0xFF];

    public static bool IsMatch(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Reads the frame header, and the orientation wherever it stands before the first scan.</summary>
    /// <exception cref="ImageRejectedException">There is no frame header, or it is broken.</exception>
    public static StoredHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        JpegMarkers markers = new(file);
        int? orientation = null;
        JpegFrame frame = FindFrame(ref markers, ref orientation);
        bool interleaved = ReadToScan(markers, frame, ref orientation);
        return new StoredHeader(frame.Width, frame.Height, ImageFormat.Jpeg, orientation ?? 1)
        {
            LibraryBytesPerPixel = frame.Progressive || !interleaved ? CoefficientBytes * frame.Components.Length : 0,
        };
    }

    /// <summary>Walks the file to its end marker.</summary>
    /// <exception cref="ImageRejectedException">A rule is broken.</exception>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public static void Check(ReadOnlySpan<byte> file, DecodeLimits limits, CancellationToken cancellation)
    {
        JpegMarkers markers = new(file);
        JpegTables tables = new();
        JpegFrame? frame = null;
        int scans = 0, restartInterval = 0;
        for (byte marker = markers.Next(); marker != JpegMarkers.EndOfImage; marker = markers.Next())
        {
            if (marker == JpegMarkers.StartOfImage)
            {
                throw ImageGuard.Broken($"Expected one JPEG picture; found a second start marker at byte {markers.Position - 2}.");
            }

            ReadOnlySpan<byte> segment = markers.Segment(marker);
            if (marker == JpegMarkers.HuffmanTables)
            {
                tables.Define(segment);
            }
            else if (marker == JpegMarkers.RestartInterval)
            {
                restartInterval = segment.Length >= 2 ? (segment[0] << 8) | segment[1] : 0;
            }
            else if (marker == JpegMarkers.StartOfScan)
            {
                scans++;
                RequireScans(scans, frame ?? throw MisplacedFrame("none before a scan"), limits);
                JpegScan scan = JpegScan.Read(segment, frame, tables);
                Prepare(frame, scan);
                JpegScanWalk.Walk(file, ref markers, scan, scans, restartInterval, cancellation);
            }
            else if (JpegMarkers.IsFrame(marker))
            {
                frame = frame is null ? JpegFrame.Read(marker, segment) : throw MisplacedFrame("two");
            }
        }

        RequireComponents(frame ?? throw MisplacedFrame("none"));
    }

    private static JpegFrame FindFrame(ref JpegMarkers markers, ref int? orientation)
    {
        while (true)
        {
            byte marker = markers.Next();
            if (marker is JpegMarkers.StartOfImage or JpegMarkers.StartOfScan or JpegMarkers.EndOfImage)
            {
                throw MisplacedFrame($"marker {marker:X2} before it");
            }

            ReadOnlySpan<byte> segment = markers.Segment(marker);
            if (JpegMarkers.IsFrame(marker))
            {
                return JpegFrame.Read(marker, segment);
            }

            if (marker == JpegMarkers.App1 && ExifOrientation.IsExif(segment))
            {
                orientation ??= ExifOrientation.Read(segment);
            }
        }
    }

    // Some writers put EXIF behind the frame header. A header is read from what is there of a file: its end is no reason to refuse.
    // Returns whether the first scan holds every component; decoders keep the coefficients of a picture in several scans.
    private static bool ReadToScan(JpegMarkers markers, JpegFrame frame, ref int? orientation)
    {
        try
        {
            while (true)
            {
                byte marker = markers.Next();
                if (marker is JpegMarkers.StartOfImage or JpegMarkers.EndOfImage)
                {
                    return true;
                }

                ReadOnlySpan<byte> segment = markers.Segment(marker);
                if (marker == JpegMarkers.StartOfScan)
                {
                    return !segment.IsEmpty && segment[0] == frame.Components.Length;
                }

                if (marker == JpegMarkers.App1 && ExifOrientation.IsExif(segment))
                {
                    orientation ??= ExifOrientation.Read(segment);
                }
            }
        }
        catch (ImageRejectedException)
        {
            return true;
        }
    }

    private static void RequireScans(int scans, JpegFrame frame, DecodeLimits limits)
    {
        long pixels = (long)frame.Width * frame.Height;
        if (scans > MostScans || scans * pixels > limits.MaxScanPixels)
        {
            throw ImageGuard.Broken(
                $"Expected a JPEG of at most {MostScans} scans and {limits.MaxScanPixels} scans x pixels; found scan {scans} of " +
                $"{frame.Width}x{frame.Height} pixels.");
        }
    }

    private static void Prepare(JpegFrame frame, JpegScan scan)
    {
        foreach (JpegComponent component in scan.Components)
        {
            component.HasMeans |= scan.First == 0;
            if (!component.HasMeans)
            {
                throw ImageGuard.Broken(
                    $"Expected a progressive JPEG to begin with coefficient 0 of each component; found {scan.First} of component " +
                    $"{component.Id}.");
            }

            if (frame.Progressive && scan.First > 0)
            {
                component.Coefficients ??= new ulong[component.Blocks];
            }
        }
    }

    private static void RequireComponents(JpegFrame frame)
    {
        JpegComponent? missing = Array.Find(frame.Components, component => !component.HasMeans);
        if (missing is not null)
        {
            throw ImageGuard.Broken($"Expected a scan of every JPEG component; found none of component {missing.Id}.");
        }
    }

    private static ImageRejectedException MisplacedFrame(string found) =>
        ImageGuard.Broken($"Expected one JPEG frame header; found {found}.");
}
