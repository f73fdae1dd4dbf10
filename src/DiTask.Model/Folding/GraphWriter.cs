using DiTask.Model.Config;
using DiTask.Model.Layers;
using DiTask.Model.Networks;
using DiTask.Model.Onnx;
using DiTask.Model.Onnx.Proto;

namespace DiTask.Model.Folding;

/// <summary>Records the network's graphs and writes them into a folder, all weights into one file beside them.</summary>
internal sealed class GraphWriter : IDisposable
{
    /// <summary>Graph of the trunk: image in, features out.</summary>
    public const string TrunkFile = "trunk.onnx";

    /// <summary>Graph that keeps chosen rows of the features.</summary>
    public const string RowSelectionFile = "rows.onnx";

    /// <summary>Weights of all graphs.</summary>
    public const string WeightsFile = "weights.bin";

    private const int BatchAxis = -1;
    private const int RowsAxis = -2;

    private readonly string folder;
    private readonly ModelConfig config;
    private readonly WeightFolder parameters;
    private readonly WeightFile weights;
    private readonly Tap[] taps;

    /// <param name="folder">Where to write.</param>
    /// <param name="config">The network.</param>
    /// <param name="parameters">Its weights.</param>
    public GraphWriter(string folder, ModelConfig config, WeightFolder parameters)
    {
        this.folder = folder;
        this.config = config;
        this.parameters = parameters;
        weights = new WeightFile(Path.Combine(folder, WeightsFile));
        taps = [.. new TapPlan(config).Taps];
    }

    /// <summary>Names and shapes of the trunk's outputs, in order.</summary>
    public IEnumerable<(string Name, int[] Shape)> Features => taps.Select(tap => (tap.Name, ShapeOf(tap)));

    /// <summary>File name of a task's graph.</summary>
    public static string BranchFile(string task) => $"{task}.onnx";

    /// <summary>Image [batch, 3, S, S] to features.</summary>
    public void WriteTrunk()
    {
        OnnxGraph graph = new("trunk", weights);
        OnnxOps ops = new(graph);
        int size = config.Backbone.ImageSize;
        OnnxValue image = graph.Input("image", TensorProto.Types.DataType.Float, BatchAxis, 3, size, size);
        IReadOnlyDictionary<Tap, OnnxValue> features = new SwinTrunk<OnnxValue>(ops, Root(ops), config).Forward(image);
        foreach (Tap tap in taps)
        {
            graph.Output(features[tap], tap.Name, [BatchAxis, .. ShapeOf(tap)]);
        }

        Write(graph, TrunkFile);
    }

    /// <summary>Features to logits [batch, outputs, R, R].</summary>
    public void WriteBranch(TaskConfig task)
    {
        OnnxGraph graph = new(task.Name, weights);
        OnnxOps ops = new(graph);
        Dictionary<Tap, OnnxValue> features = taps.ToDictionary(
            tap => tap, tap => graph.Input(tap.Name, TensorProto.Types.DataType.Float, [BatchAxis, .. ShapeOf(tap)]));
        OnnxValue logits = new TaskBranch<OnnxValue>(ops, Root(ops), config, task).Forward(features);
        int size = config.Backbone.OutputGridSize(0);
        graph.Output(logits, "logits", BatchAxis, task.OutputChannels, size, size);
        Write(graph, BranchFile(task.Name));
    }

    /// <summary>Features and row numbers to the features of those rows, without leaving the device.</summary>
    public void WriteRowSelection()
    {
        OnnxGraph graph = new("rows", weights);
        OnnxValue rows = graph.Input("rows", TensorProto.Types.DataType.Int64, RowsAxis);
        foreach (Tap tap in taps)
        {
            OnnxValue feature = graph.Input(tap.Name, TensorProto.Types.DataType.Float, [BatchAxis, .. ShapeOf(tap)]);
            OnnxValue selected = graph.Node("Gather", [feature, rows], OnnxAttribute.Int("axis", 0));
            graph.Output(selected, $"{tap.Name}_rows", [RowsAxis, .. ShapeOf(tap)]);
        }

        Write(graph, RowSelectionFile);
    }

    /// <summary>Flushes the weights to disk.</summary>
    public void Complete() => weights.Complete();

    /// <inheritdoc/>
    public void Dispose() => weights.Dispose();

    private ParameterScope<OnnxValue> Root(OnnxOps ops) => new(new FoldedParameters<OnnxValue>(parameters, ops), "");

    private void Write(OnnxGraph graph, string file) => OnnxModel.Write(graph.ToModel(), Path.Combine(folder, file));

    private int[] ShapeOf(Tap tap)
    {
        BackboneConfig backbone = config.Backbone;
        int tokens = backbone.GridSize(tap.Stage) * backbone.GridSize(tap.Stage);
        int outputs = backbone.OutputGridSize(tap.Stage) * backbone.OutputGridSize(tap.Stage);
        return tap.Kind switch
        {
            TapKind.Hidden => [tokens, backbone.HiddenChannels(tap.Stage)],
            TapKind.Output => [outputs, backbone.OutputChannels(tap.Stage)],
            _ => [tokens, backbone.Channels(tap.Stage)],
        };
    }
}
