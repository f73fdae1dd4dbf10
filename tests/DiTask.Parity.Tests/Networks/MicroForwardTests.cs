using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Folding;
using DiTask.Model.Layers;
using DiTask.Model.Networks;
using DiTask.Model.Torch;
using DiTask.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Parity.Tests.Networks;

/// <summary>The network with its adapters on, against every array that the authors' code gave for the micro checkpoint.</summary>
public sealed class MicroForwardTests
{
    private static readonly string[] Tasks = ["semseg", "normals", "sal", "depth"];

    [Fact]
    public void Forward_Unfolded_MatchesHeads()
    {
        using MicroNetwork micro = new();

        IReadOnlyDictionary<string, Tensor> logits = new MultiTaskSwin<Tensor>(micro.Ops, micro.Parameters, micro.Config).Forward(micro.Input);

        foreach (string task in Tasks)
        {
            MicroNetwork.AssertGolden($"head_{task}", logits[task]);
            MicroNetwork.AssertGolden($"out_{task}", micro.Ops.ResizeBilinear(logits[task], 64, 64));
        }
    }

    [Fact]
    public void PatchEmbed_MatchesGolden()
    {
        using MicroNetwork micro = new();

        Tensor tokens = new PatchEmbed<Tensor>(micro.Ops, micro.Root / "backbone", micro.Config.Backbone).Forward(micro.Input);

        MicroNetwork.AssertGolden("patch_embed", tokens);
    }

    [Fact]
    public void LastBlockOfStage0_MatchesEveryStream()
    {
        using MicroNetwork micro = new();
        WindowLayout shifted = new(16, 4, 2);
        SwinBlock<Tensor> block = new(micro.Ops, micro.Root / "backbone" / "layers" / 0 / "blocks" / 1, shifted, micro.Config.Backbone, 0, 1);
        Tensor x = MicroNetwork.Golden("block_in");

        MicroNetwork.AssertGolden("block_shared", block.Forward(x));
        Dictionary<Tap, Tensor> taps = new() { [new Tap(0, TapKind.Shortcut)] = x, [new Tap(0, TapKind.Context)] = block.Context(x) };
        BackboneConfig oneStage = micro.Config.Backbone with { Depths = [2] };
        foreach (string task in Tasks)
        {
            TaskTail<Tensor> tail = new(micro.Ops, micro.Root / "backbone", oneStage, 0, new TapPlan(micro.Config)[0], task);
            MicroNetwork.AssertGolden($"block_{task}", tail.Forward(taps));
        }
    }

    [Fact]
    public void Stages_MatchTheStreamsAfterMerging()
    {
        using MicroNetwork micro = new();
        TapPlan plan = new(micro.Config);
        Tensor x = MicroNetwork.Golden("patch_embed");
        Dictionary<Tap, Tensor> taps = [];

        for (int stage = 0; stage < 4; stage++)
        {
            x = new SwinStage<Tensor>(micro.Ops, micro.Root / "backbone", micro.Config.Backbone, stage, plan[stage]).Forward(x, taps);

            // The last stage's shared stream feeds nothing, so the network leaves it out.
            if (stage < 3)
            {
                MicroNetwork.AssertGolden($"stage{stage}_shared", x);
            }

            foreach (string task in Tasks)
            {
                TaskTail<Tensor> tail = new(micro.Ops, micro.Root / "backbone", micro.Config.Backbone, stage, plan[stage], task);
                MicroNetwork.AssertGolden($"stage{stage}_{task}", tail.Forward(taps));
            }
        }
    }

    /// <summary>The micro checkpoint behind the interpreter that keeps its adapters.</summary>
    private sealed class MicroNetwork : IDisposable
    {
        private readonly DisposeScope scope = NewDisposeScope();
        private readonly IDisposable gradients = no_grad();
        private readonly CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", "micro", "ckpt_epoch_7.pth"));
        private readonly WeightFolder weights;

        public MicroNetwork()
        {
            Config = ConfigDetector.Detect(file);
            weights = new WeightFolder(new CheckedWeights(file), Config.Adapters, new IndexWarp());
            Parameters = new UnfoldedParameters(weights, Ops);
            Input = Golden("input");
        }

        public TorchOps Ops { get; } = new();

        public ModelConfig Config { get; }

        public UnfoldedParameters Parameters { get; }

        public ParameterScope<Tensor> Root => new(Parameters, "");

        public Tensor Input { get; }

        public static Tensor Golden(string name)
        {
            Npy array = Fixture.Golden("micro", $"{name}.npy");
            return tensor(array.Singles, [.. array.Shape.Select(size => (long)size)]);
        }

        public static void AssertGolden(string name, Tensor actual)
        {
            Npy expected = Fixture.Golden("micro", $"{name}.npy");
            Assert.Equal(expected.Shape.Select(size => (long)size), actual.shape);
            Tolerances.AssertActivations(expected.Singles, actual.contiguous().data<float>().ToArray(), name);
        }

        public void Dispose()
        {
            Parameters.Dispose();
            Ops.Dispose();
            weights.Dispose();
            file.Dispose();
            gradients.Dispose();
            scope.Dispose();
        }
    }
}
