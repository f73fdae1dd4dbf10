using System.Buffers.Binary;
using DiTask.Model.Files;

namespace DiTask.Model.Training.Runs;

/// <summary>Cuts TensorBoard's event files back to where a run goes on; else a curve would be drawn twice from there.</summary>
/// <remarks>A file is a row of records: length (8 bytes), its check sum (4), the event, its check sum (4). An event is a protobuf message whose field 2 is the step.</remarks>
internal static class EventFiles
{
    private const int HeaderBytes = 12;
    private const int CheckSumBytes = 4;
    private const int StepTag = 2 << 3;

    /// <summary>Removes events after <paramref name="step"/>, and what is left of one that was being written.</summary>
    public static void Cut(string folder, long step)
    {
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder, "events.out.tfevents.*") : [])
        {
            byte[] bytes = File.ReadAllBytes(file);
            Range[] kept = [.. Records(bytes).Where(record => StepOf(bytes.AsSpan(record)[HeaderBytes..^CheckSumBytes]) <= step)];
            if (kept.Sum(record => record.End.Value - record.Start.Value) < bytes.Length)
            {
                AtomicFile.Write(file, stream => Array.ForEach(kept, record => stream.Write(bytes.AsSpan(record))));
            }
        }
    }

    private static IEnumerable<Range> Records(byte[] bytes)
    {
        int start = 0;
        while (bytes.Length - start >= HeaderBytes + CheckSumBytes)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(start));
            if (length > (ulong)(bytes.Length - start - HeaderBytes - CheckSumBytes))
            {
                yield break;
            }

            int end = start + HeaderBytes + (int)length + CheckSumBytes;
            yield return start..end;
            start = end;
        }
    }

    // Only the time, 8 bytes after its tag, stands before the step. The file's first event has no step.
    private static long StepOf(ReadOnlySpan<byte> message)
    {
        int place = 1 + sizeof(double);
        if (message.Length <= place || message[place] != StepTag)
        {
            return 0;
        }

        long step = 0;
        int shift = 0;
        do
        {
            place++;
            step |= (long)(message[place] & 0x7F) << shift;
            shift += 7;
        }
        while (message[place] >= 0x80 && place + 1 < message.Length && shift < 63);
        return step;
    }
}
