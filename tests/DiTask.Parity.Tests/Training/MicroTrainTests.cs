using System.IO.Compression;
using System.Text.Json;
using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Data;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using DiTask.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Parity.Tests.Training;

/// <summary>Losses, gradients and three AdamW steps of the micro model against the authors' code.</summary>
public sealed class MicroTrainTests
{
    // Reasons in the golden folder's notes: float32 sums in another order, and a reference in float32 itself.
    private const double LossRelative = 1e-4;
    private const double GradientRelative = 1e-3;
    private const double GradientAbsolute = 1e-6;
    private const double NormRelative = 2e-3;
    // The first Adam steps have the size of the rate whatever the gradient's, so that rounding turns those that are nearly zero.
    private const double StepNormRelative = 1e-2;
    private const double ThetaAfterSteps = 5e-5;

    private static readonly string[] Tasks = ["semseg", "normals", "sal", "depth"];

    [Fact]
    public void Step_TrainMode_GivesTheLossesAndEveryGradient()
    {
        using Micro micro = new();

        TrainingStep.Outcome outcome = micro.Step();

        JsonElement expected = micro.Result.GetProperty("train");
        Assert.Equal(expected.GetProperty("total").GetDouble(), outcome.Total, LossRelative * outcome.Total);
        foreach (string task in Tasks)
        {
            double loss = expected.GetProperty("losses").GetProperty(task).GetDouble();
            Assert.Equal(loss, outcome.Losses[task], LossRelative * loss);
        }

        Dictionary<string, float[]> golden = Npz("grads_train.npz");
        Assert.Equal(73, golden.Count);
        foreach ((string key, float[] values) in golden)
        {
            float[] actual = micro.Gradient(key);
            double tolerance = (GradientRelative * values.Max(value => Math.Abs(value))) + GradientAbsolute;
            Assert.All(values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }

        foreach (JsonProperty norm in expected.GetProperty("grad_l2").EnumerateObject().Where(norm => !norm.Name.Contains("num_batches", StringComparison.Ordinal)))
        {
            double actual = Math.Sqrt(micro.Gradient(norm.Name).Sum(value => (double)value * value));
            Assert.True(Math.Abs(actual - norm.Value.GetDouble()) <= (NormRelative * norm.Value.GetDouble()) + 1e-5, $"{norm.Name}: {actual} for {norm.Value}");
        }
    }

    [Fact]
    public void Network_OfTheAuthorsCheckpoint_TrainsAndFreezesWhatTheirsDoes()
    {
        using Micro micro = new();
        JsonElement expected = micro.Result.GetProperty("train");

        string[] trained = [.. micro.Network.Parameters.Select(parameter => parameter.Key)];
        string[] frozen = [.. expected.GetProperty("frozen").EnumerateArray().Select(key => key.GetString()!.Replace(".linear", "", StringComparison.Ordinal))];
        string[] idle = [.. expected.GetProperty("trainable_without_grad").EnumerateArray().Select(key => key.GetString()!)];

        Assert.Empty(trained.Intersect(frozen));
        Assert.Equal(idle.Order(StringComparer.Ordinal), micro.Network.IdleThetas.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(expected.GetProperty("grad_l2").EnumerateObject().Select(norm => norm.Name).Order(StringComparer.Ordinal), trained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ThreeSteps_AdamW_EndAtTheAuthorsThetas()
    {
        using Micro micro = new();
        OptimizerBuilder groups = new(micro.Config.Optimizer, micro.Network.Parameters, [], 1);
        using TorchSharp.Modules.OptimizerHelper optimizer = groups.Build();
        JsonElement[] steps = [.. micro.Result.GetProperty("adamw_steps").GetProperty("steps").EnumerateArray()];

        foreach (JsonElement step in steps)
        {
            TrainingStep.Outcome outcome = micro.Step();
            double norm = nn.utils.clip_grad_norm_(micro.Network.Parameters.Select(parameter => parameter.Tensor), 5);
            foreach (optim.ILearningRateController group in optimizer.ParamGroups)
            {
                group.LearningRate = step.GetProperty("lr").GetDouble();
            }

            optimizer.step();
            optimizer.zero_grad();

            Assert.Equal(step.GetProperty("total").GetDouble(), outcome.Total, LossRelative * outcome.Total);
            Assert.Equal(step.GetProperty("grad_norm").GetDouble(), norm, StepNormRelative * norm);
        }

        foreach ((string key, float[] values) in Npz("after_3_steps.npz").Where(theta => !micro.Network.IdleThetas.ContainsKey(theta.Key)))
        {
            Assert.All(values.Zip(micro.Network.Store.Current(key).Values), pair => Assert.Equal(pair.First, pair.Second, ThetaAfterSteps));
        }
    }

    private static Dictionary<string, float[]> Npz(string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(Fixture.Path("golden", "micro_train", name));
        return zip.Entries.ToDictionary(entry => entry.FullName[..^".npy".Length], entry =>
        {
            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            return Npy.Parse(bytes.ToArray()).Singles;
        });
    }

    private sealed class Micro : IDisposable
    {
        private readonly Penalties penalties;
        private readonly TrainingStep step;
        private readonly DiTask.Model.Training.Balancing.IBalancer balancer;

        public Micro()
        {
            Config = new RunConfig
            {
                DropPath = 0,
                Adapter = new AdapterOptions { Cells = [16], TaskCells = [4], Dropout = 0 },
                Losses = new LossOptions { Form = "reference" },
                Network = new NetworkOptions
                {
                    ImageSize = 64, PatchSize = 4, EmbedDim = 12, Depths = [2, 2, 2, 1], NumHeads = [1, 2, 4, 4], Window = 4, DecoderChannels = [4, 8, 16, 32],
                },
            };
            using CheckpointFile file = CheckpointFile.Open(Fixture.Path("golden", "micro", "ckpt_epoch_7.pth"));
            ModelConfig plain = Config.Network.Create([("semseg", 21), ("normals", 3), ("sal", 1), ("depth", 1)]);
            Network = new TrainableNetwork(plain, Config.Adapter, StartWeights.Make(plain, file, 0), 0, CPU);
            balancer = Config.Balancing.Create(Tasks, LossWeights.Of(Tasks, Config.Losses), 0);
            penalties = new Penalties(Config.Penalties, Network, 0);
            step = new TrainingStep(Config, Network, balancer, penalties, Tasks);
            Batch = new Batch(
                ["0", "1"],
                Fixture.Golden("micro_train", "input.npy").Singles,
                Tasks.ToDictionary(task => task, task => Fixture.Golden("micro_train", $"label_{task}.npy").Singles));
        }

        public RunConfig Config { get; }

        public TrainableNetwork Network { get; }

        public Batch Batch { get; }

        public JsonElement Result { get; } = JsonDocument.Parse(File.ReadAllBytes(Fixture.Path("golden", "micro_train", "result.json"))).RootElement;

        public TrainingStep.Outcome Step() => step.Run(Batch, new RunPosition(), 1);

        public float[] Gradient(string key)
        {
            using DisposeScope scope = NewDisposeScope();
            return Network.Parameters.Single(parameter => parameter.Key == key).Tensor.grad!.contiguous().data<float>().ToArray();
        }

        public void Dispose()
        {
            penalties.Dispose();
            balancer.Dispose();
            Network.Dispose();
        }
    }
}
