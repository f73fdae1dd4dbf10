using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

/// <summary>Files cut off at every byte, and files with bytes changed at random: an answer or a <see cref="CheckpointException"/>, never another exception.</summary>
public sealed class DamagedFileTests
{
    private const int Seed = 20250228;

    public static TheoryData<string> Formats => ["zip", "legacy", "safetensors"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Open_Whole_IsRead(string format)
    {
        using var folder = new TemporaryFolder();

        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", Small(format)));

        Assert.Equal([1, 2, 3, 4, 5, 6], file.Tensors["backbone.a"].ReadSingles());
        Assert.Equal([7], file.Tensors["b"].ReadSingles());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Open_CutOffAtEveryByte_IsRefused(string format)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Small(format);
        string path = folder.Write("x.pth", whole);

        for (int length = whole.Length - 1; length >= 0; length--)
        {
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write))
            {
                stream.SetLength(length);
            }

            CheckpointException error = Assert.Throws<CheckpointException>(() => HandMade.ReadAll(path));
            Assert.StartsWith("x.pth", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Open_ChangedBytes_IsReadOrRefused(string format)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Small(format);
        var random = new Random(Seed);
        int refused = 0;

        for (int round = 0; round < 1500; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            string path = folder.Write("x.pth", bytes);
            try
            {
                HandMade.ReadAll(path);
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 300, 1500);
    }

    // A byte of a pickle that still has its checksum: what the zip's CRC would hide from the machine.
    [Fact]
    public void Open_ChangedPickleWithItsChecksum_IsReadOrRefused()
    {
        using var folder = new TemporaryFolder();
        byte[] pickle = SmallPickle();
        for (int at = 0; at < pickle.Length; at++)
        {
            foreach (int change in (int[])[1, 0x80, 0xff])
            {
                byte[] changed = [.. pickle];
                changed[at] ^= (byte)change;
                string path = folder.Write("x.pth", HandMade.Zip(changed, ("0", HandMade.Floats(1, 2, 3, 4, 5, 6)), ("1", HandMade.Floats(7))));
                try
                {
                    HandMade.ReadAll(path);
                }
                catch (CheckpointException error)
                {
                    Assert.StartsWith("x.pth", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    private static byte[] SmallPickle() => HandMade.Pickle(
        "\u0080\u0002}(", HandMade.Text("model"),
        HandMade.StateDict(("backbone.a", HandMade.Tensor("0", 6, 0, [2, 3], [3, 1])), ("b", HandMade.Tensor("1", 1, 0, [], [])))[2..^1],
        HandMade.Text("config"), "cyacs.config\nCfgNode\n)\u0081(", HandMade.Text("IMG"), "M\u00c0\u0001u}", HandMade.Text("__immutable__"), "\u0088sb",
        HandMade.Text("epoch"), "K\u0007", "u.");

    private static byte[] Small(string format) => format switch
    {
        "zip" => HandMade.Zip(SmallPickle(), ("0", HandMade.Floats(1, 2, 3, 4, 5, 6)), ("1", HandMade.Floats(7))),
        "legacy" => HandMade.Legacy(SmallPickle(), ("0", 4, HandMade.Floats(1, 2, 3, 4, 5, 6)), ("1", 4, HandMade.Floats(7))),
        _ => HandMade.Safetensors(
            """{"backbone.a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[],"data_offsets":[24,28]}}""",
            HandMade.Floats(1, 2, 3, 4, 5, 6, 7)),
    };
}
