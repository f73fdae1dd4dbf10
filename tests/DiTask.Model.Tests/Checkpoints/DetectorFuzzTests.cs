using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

/// <summary>Files that are well formed but whose keys and shapes make no sense: a report or a <see cref="CheckpointException"/>, never another exception.</summary>
public sealed class DetectorFuzzTests
{
    private const int Seed = 20250601;

    [Fact]
    public void Detect_KeysAndShapesAtRandom_AnswersOrRefuses()
    {
        using var folder = new TemporaryFolder();
        HostTensor[] good = [.. SeededCheckpoint.Tensors(Configs.Small(), 1, derived: true)];
        var random = new Random(Seed);
        int refused = 0;
        for (int round = 0; round < 300; round++)
        {
            List<HostTensor> tensors = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                Change(tensors, random);
            }

            SafetensorsWriter.Write(folder["x.safetensors"], [.. tensors.DistinctBy(tensor => tensor.Name)]);
            using CheckpointFile file = CheckpointFile.Open(folder["x.safetensors"]);
            CheckpointReport report = CheckpointReport.Of(file, random.Next(3) == 0 ? random.Next(-10, 5000) : null);
            refused += report.Usable ? 0 : 1;
            try
            {
                CheckpointAudit.Of(file, ConfigDetector.Detect(file)).ThrowUnlessComplete(file.Path);
            }
            catch (CheckpointException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }
        }

        Assert.InRange(refused, 200, 300);
    }

    private static void Change(List<HostTensor> tensors, Random random)
    {
        int at = random.Next(tensors.Count);
        HostTensor tensor = tensors[at];
        switch (random.Next(5))
        {
            case 0:
                tensors.RemoveAt(at);
                break;
            case 1:
                int[] shape = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(0, 12))];
                tensors[at] = new HostTensor(tensor.Name, shape, new float[shape.Aggregate(1, (product, size) => product * size)]);
                break;
            case 2:
                string[] parts = tensor.Name.Split('.');
                parts[random.Next(parts.Length)] = random.Next(4) switch { 0 => "999999999999", 1 => "7", 2 => "", _ => "x" };
                tensors[at] = new HostTensor(string.Join('.', parts), tensor.Shape, tensor.Values);
                break;
            case 3:
                string module = string.Join('.', tensor.Name.Split('.')[..^1]);
                tensors.RemoveAll(other => other.Name.StartsWith(module, StringComparison.Ordinal));
                tensors.Add(new HostTensor("left", [], [1]));
                break;
            default:
                tensors[at] = new HostTensor(tensor.Name, [tensor.Values.Length], tensor.Values);
                break;
        }
    }
}
