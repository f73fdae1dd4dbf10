using System.Globalization;
using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Files;
using DiTask.Model.Onnx;
using DiTask.Model.Onnx.Proto;
using Google.Protobuf;

namespace DiTask.Model.Folding;

/// <summary>Joins the trunk and one branch of a folded model into a single file: image in, full-size logits out.</summary>
public static class StandaloneExport
{
    // The wire format counts in 32 bits.
    private const long MaxFileBytes = int.MaxValue;

    /// <summary>Writes the graph of <paramref name="task"/> to <paramref name="output"/>. Input <c>image</c> [batch, 3, S, S], normalised; output named like the task, [batch, C, S, S].</summary>
    /// <exception cref="ArgumentException">The model does not have the task.</exception>
    /// <exception cref="FoldException">The file would be larger than the format allows.</exception>
    public static void Write(ModelFolder folder, string task, string output)
    {
        ArgumentNullException.ThrowIfNull(folder);
        TaskSpec spec = folder.Manifest.Tasks.FirstOrDefault(known => known.Info.Name == task)
            ?? throw new ArgumentException($"The model has no task '{task}'. It has: {string.Join(", ", folder.Manifest.Tasks.Select(known => known.Info.Name))}.", nameof(task));
        GraphProto trunk = Read(folder.FilePath(folder.Manifest.Trunk));
        GraphProto branch = Read(folder.FilePath(spec.File));
        GraphProto joined = new() { Name = $"{folder.Manifest.Name}_{task}", Input = { trunk.Input } };
        joined.Node.Add(trunk.Node);
        joined.Node.Add(branch.Node);
        joined.Initializer.Add(trunk.Initializer.Concat(branch.Initializer).DistinctBy(tensor => tensor.Name));
        RequireRoom(joined);
        Inline(folder, joined);
        Resize(joined, folder.Manifest.Input.Size, spec);

        AtomicFile.Write(output, OnnxModel.Wrap(joined).WriteTo);
    }

    private static GraphProto Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return ModelProto.Parser.ParseFrom(stream).Graph;
    }

    private static void RequireRoom(GraphProto graph)
    {
        long bytes = graph.Initializer.Sum(tensor => tensor.ExternalData.Count > 0 ? Entry(tensor, "length") : tensor.RawData.Length);
        if (bytes > MaxFileBytes)
        {
            throw new FoldException($"The weights are {bytes} bytes; a single ONNX file holds at most {MaxFileBytes}. Use the model folder.");
        }
    }

    private static void Inline(ModelFolder folder, GraphProto graph)
    {
        Dictionary<string, FileStream> files = [];
        try
        {
            foreach (TensorProto tensor in graph.Initializer.Where(tensor => tensor.ExternalData.Count > 0))
            {
                string name = tensor.ExternalData.Single(entry => entry.Key == "location").Value;
                if (!files.TryGetValue(name, out FileStream? file))
                {
                    file = File.OpenRead(folder.FilePath(name));
                    files.Add(name, file);
                }

                byte[] bytes = new byte[Entry(tensor, "length")];
                file.Position = Entry(tensor, "offset");
                file.ReadExactly(bytes);
                tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
                tensor.ExternalData.Clear();
                tensor.ClearDataLocation();
            }
        }
        finally
        {
            foreach (FileStream file in files.Values)
            {
                file.Dispose();
            }
        }
    }

    private static long Entry(TensorProto tensor, string key) =>
        long.Parse(tensor.ExternalData.Single(entry => entry.Key == key).Value, CultureInfo.InvariantCulture);

    private static void Resize(GraphProto graph, int size, TaskSpec spec)
    {
        graph.Initializer.Add(OnnxGraph.Ints("full_size", [size, size]));
        graph.Node.Add(OnnxOps.ResizeNode("logits", "full_size", spec.Info.Name));
        graph.Output.Add(OnnxModel.Declare(spec.Info.Name, TensorProto.Types.DataType.Float, [-1, spec.Info.Channels, size, size]));
    }
}
