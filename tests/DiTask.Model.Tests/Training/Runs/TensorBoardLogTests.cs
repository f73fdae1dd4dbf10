using System.Buffers.Binary;
using System.Text;
using DiTask.Model.Training;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Runs;

/// <summary>Reads the events by the definitions of TFRecord and protobuf, with none of the writer's code.</summary>
public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Stepped_WritesLossesWeightsAndRates()
    {
        Open(0).Stepped(Step(300));

        (string Tag, long Step, float Value)[] events = Events();
        Assert.Equal(
            [("loss/depth", 300, 0.5f), ("loss/total", 300, -0.25f), ("run/gradient_norm", 300, 2), ("run/images_per_second", 300, 10), ("run/learning_rate", 300, 1e-3f), ("weight/depth", 300, 3)],
            events.OrderBy(entry => entry.Tag, StringComparer.Ordinal));
    }

    [Fact]
    public void Validated_WritesScoreAndLosses()
    {
        Open(0).Validated(new ValidationReport(2, 40, new Dictionary<string, double> { ["depth"] = 0.75 }, [], -1.5, true));

        Assert.Equal([("validation/score", 40, -1.5f), ("validation/loss/depth", 40, 0.75f)], Events());
    }

    [Fact]
    public void Open_Resumed_CutsWhatCameAfterAndGoesOn()
    {
        TensorBoardLog first = Open(0);
        Array.ForEach([1L, 2, 127, 128, 129, 20_000], step => first.Stepped(Step(step)));

        Open(128).Stepped(Step(129));

        Assert.Equal([1, 2, 127, 128, 129], Events().Where(entry => entry.Tag == "loss/total").Select(entry => entry.Step).Order());
        Assert.Equal(2, Directory.GetFiles(temporary["tensorboard"]).Length);
    }

    [Fact]
    public void Open_LastEventWasCutAnywhere_KeepsTheOthers()
    {
        Open(0).Validated(new ValidationReport(1, 1, new Dictionary<string, double>(), [], 1, true));
        string file = Directory.GetFiles(temporary["tensorboard"])[0];
        byte[] whole = File.ReadAllBytes(file);
        int first = BinaryPrimitives.ReadInt32LittleEndian(whole) + 16;

        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            EventFiles.Cut(temporary["tensorboard"], 1);

            Assert.Equal(length < first ? 0 : first, new FileInfo(file).Length);
        }
    }

    private static StepReport Step(long step) => new(
        step, step, 0.1, 2, new Dictionary<string, double> { ["depth"] = 0.5 }, new Dictionary<string, double> { ["depth"] = 3 }, -0.25, 1e-3, 2, 10, TimeSpan.Zero);

    private TensorBoardLog Open(long step) => new(RunFolder.New(temporary.Path), step);

    private (string Tag, long Step, float Value)[] Events() =>
        [.. Directory.GetFiles(temporary["tensorboard"]).SelectMany(file => Messages(File.ReadAllBytes(file)).Skip(1)).Select(Scalar)];

    private static List<byte[]> Messages(byte[] bytes)
    {
        List<byte[]> messages = [];
        for (int start = 0; start < bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start));
            messages.Add(bytes[(start + 12)..(start + 12 + length)]);
            start += 16 + length;
        }

        return messages;
    }

    // Fields in the order of their numbers: time, step, summary { value { tag, number } }.
    private static (string Tag, long Step, float Value) Scalar(byte[] message)
    {
        int place = 10;
        long step = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[place++];
            step |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }
        }

        int tag = place + 5;
        int length = message[tag];
        return (Encoding.UTF8.GetString(message, tag + 1, length), step, BinaryPrimitives.ReadSingleLittleEndian(message.AsSpan(tag + 2 + length)));
    }
}
