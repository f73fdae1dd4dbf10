using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Training.Config;

/// <summary>What values of a configuration can be, as far as that is known before the data set is read.</summary>
internal static class ConfigRules
{
    private static readonly string[] SharedGradients = ["gradnorm", "mgda", "pcgrad", "cagrad"];

    /// <summary>Every mistake.</summary>
    public static IReadOnlyList<string> Problems(RunConfig config)
    {
        List<string> problems = [];
        OneOf("adapter.kind", config.Adapter.Kind, AdapterOptions.Kinds);
        OneOf("adapter.warp", config.Adapter.Warp, [.. SpectrumWarps.All.Select(warp => warp.Name)]);
        OneOf("adapter.scope", config.Adapter.Scope, [AdapterKinds.Both, AdapterKinds.Joint, AdapterKinds.Task]);
        OneOf("adapter.init", config.Adapter.Init, [AdapterKinds.Identity, AdapterKinds.Reference]);
        AllOf("adapter.extras", config.Adapter.Extras, AdapterOptions.ExtraParts);
        AllOf("adapter.layers", config.Adapter.Layers, AdapterOptions.AllLayers);
        AllOf("tasks", config.Tasks.Where(IsNoAttribute), TaskCatalog.Names);
        AllOf("losses.weights", config.Losses.Weights.Keys.Where(IsNoAttribute), TaskCatalog.Names);
        OneOf("network.preset", config.Network.Preset, ModelPresets.Names);
        OneOf("data.format", config.Data.Format, ["auto", "plain", "pascal", "nyud"]);
        OneOf("data.mode", config.Data.Mode, ["default", "reference"]);
        OneOf("data.augment", config.Data.Augment, ["pascal", "nyud", "flip", "none"]);
        OneOf("losses.form", config.Losses.Form, ["default", "reference"]);
        OneOf("balancing.method", config.Balancing.Method, Balancers.Names);
        OneOf("optimizer.name", config.Optimizer.Name, ["adamw", "sgd"]);
        OneOf("precision", config.Precision, ["float32", "bfloat16"]);
        PerStage("adapter.cells", config.Adapter.Cells, 2);
        PerStage("adapter.task_cells", config.Adapter.TaskCells, 2);
        Check(config.Data.Path.Length > 0, "'data.path' is missing: the folder of the data set");
        Check(ComputeDevice.IsName(config.Device), $"'device' is auto, cpu, cuda or cuda:N; found '{config.Device}'");
        Check(config.Start is null || File.Exists(config.Start), $"'start' is a checkpoint file; '{config.Start}' does not exist");
        AtLeast("batch", config.Batch, 1);
        AtLeast("accumulate", config.Accumulate, 1);
        AtLeast("adapter.rank", config.Adapter.Rank, 1);
        AtLeast("adapter.task_rank", config.Adapter.TaskRank, 1);
        AtLeast("adapter.hidden", config.Adapter.Hidden, 1);
        AtLeast("schedule.epochs", config.Schedule.Epochs, 1);
        AtLeast("checkpoints.keep", config.Checkpoints.Keep, 1);
        AtLeast("data.workers", config.Data.Workers, 1);
        AtLeast("validation.every", config.Validation.Every, 0);
        AtLeast("threads", config.Threads ?? 1, 1);
        AtLeast("data.limit", config.Data.Limit ?? 1, 1);
        AtLeast("validation.limit", config.Validation.Limit ?? 1, 1);
        AtLeast("validation.patience", config.Validation.Patience ?? 1, 1);
        AtLeast("checkpoints.every_steps", config.Checkpoints.EverySteps ?? 1, 1);
        Between("drop_path", config.DropPath, 0, 0.99);
        Between("adapter.dropout", config.Adapter.Dropout, 0, 0.99);
        Between("ema", config.Ema ?? 0, 0, 1);
        Between("schedule.warmup_epochs", config.Schedule.WarmupEpochs ?? 0, 0, config.Schedule.Epochs);
        Between("schedule.warmup_factor", config.Schedule.WarmupFactor, 0, 1);
        Between("schedule.min_factor", config.Schedule.MinFactor, 0, 1);
        Between("optimizer.beta1", config.Optimizer.Beta1, 0, 0.9999);
        Between("optimizer.beta2", config.Optimizer.Beta2, 0, 0.999999);
        Positive("optimizer.learning_rate", config.Optimizer.LearningRate);
        Positive("balancing.dwa_temperature", config.Balancing.DwaTemperature);
        NotNegative("balancing.uncertainty_factor", config.Balancing.UncertaintyFactor);
        NotNegative("balancing.gradnorm_alpha", config.Balancing.GradnormAlpha);
        NotNegative("balancing.gradnorm_learning_rate", config.Balancing.GradnormLearningRate);
        NotNegative("balancing.cagrad_radius", config.Balancing.CagradRadius);
        NotNegative("balancing.famo_learning_rate", config.Balancing.FamoLearningRate);
        NotNegative("optimizer.adapter_factor", config.Optimizer.AdapterFactor);
        NotNegative("optimizer.adapter_decay", config.Optimizer.AdapterDecay ?? 0);
        NotNegative("validation.min_delta", config.Validation.MinDelta);
        NotNegative("optimizer.weight_decay", config.Optimizer.WeightDecay);
        NotNegative("optimizer.clip", config.Optimizer.Clip);
        NotNegative("penalties.l2_sp", config.Penalties.L2Sp);
        NotNegative("penalties.nuclear", config.Penalties.Nuclear);
        NotNegative("penalties.soft_sharing", config.Penalties.SoftSharing);
        NotNegative("penalties.reconstruction", config.Penalties.Reconstruction);
        Check(
            config.Adapter.Kind == AdapterKinds.DiTask || config.Penalties is { Nuclear: 0, SoftSharing: 0 },
            "'penalties.nuclear' and 'penalties.soft_sharing' are of warped spectra and thetas; they need adapter.kind ditask");
        foreach ((string task, double weight) in config.Losses.Weights)
        {
            NotNegative($"losses.weights.{task}", weight);
        }

        Check(config.Tasks.Distinct().Count() == config.Tasks.Count, $"'tasks' names each task once; found [{string.Join(", ", config.Tasks)}]");
        Check(
            config.Adapter.Kind != AdapterKinds.Frozen || !SharedGradients.Contains(config.Balancing.Method),
            $"'balancing.method' {config.Balancing.Method} compares the tasks' gradients in what they share; with adapter.kind frozen nothing that they share is trained");
        int relations = config.Balancing.Relations.Count;
        Check(
            config.Balancing.Method != "task_relation" || (relations > 0 && (config.Tasks.Count == 0 || relations == config.Tasks.Count * config.Tasks.Count)),
            $"'balancing.relations' is the matrix of tasks by tasks that balancing.method task_relation needs, row by row; found {relations} numbers");
        problems.AddRange(GridProblems(config.Network));
        return problems;

        void Check(bool isGood, string problem)
        {
            if (!isGood)
            {
                problems.Add(problem);
            }
        }

        void OneOf(string key, string value, IReadOnlyList<string> allowed) => Check(allowed.Contains(value), $"'{key}' is one of {string.Join(", ", allowed)}; found '{value}'");

        void AllOf(string key, IEnumerable<string> values, IReadOnlyList<string> allowed)
        {
            foreach (string value in values)
            {
                OneOf(key, value, allowed);
            }
        }

        void AtLeast(string key, int value, int least) => Check(value >= least, $"'{key}' is at least {least}; found {value}");

        void Between(string key, double value, double least, double most) => Check(value >= least && value <= most, $"'{key}' is between {least} and {most}; found {value}");

        void Positive(string key, double value) => Check(value > 0, $"'{key}' is positive; found {value}");

        void NotNegative(string key, double value) => Check(value >= 0, $"'{key}' is not negative; found {value}");

        void PerStage(string key, IReadOnlyList<int> values, int least) =>
            Check(values.Count is 1 or 4 && values.All(value => value >= least), $"'{key}' is one number or four, each at least {least}; found [{string.Join(", ", values)}]");
    }

    private static bool IsNoAttribute(string task) => !TaskCatalog.IsAttribute(task);

    private static IEnumerable<string> GridProblems(NetworkOptions network)
    {
        if (!ModelPresets.Names.Contains(network.Preset))
        {
            return [];
        }

        if ((network.Depths?.Count ?? 4) != 4 || (network.NumHeads?.Count ?? 4) != 4 || network.DecoderChannels.Count != 4)
        {
            return ["'network.depths', 'network.num_heads' and 'network.decoder_channels' have four numbers each"];
        }

        if (network.Window < 1 || (network.PatchSize ?? 1) < 1 || (network.EmbedDim ?? 1) < 1 || network.ImageSize < 1)
        {
            return ["'network' has a size below 1"];
        }

        BackboneConfig backbone = network.Create([("depth", 1)]).Backbone;
        IEnumerable<string> heads = Enumerable.Range(0, 4)
            .Where(stage => backbone.NumHeads[stage] < 1 || backbone.Channels(stage) % backbone.NumHeads[stage] != 0)
            .Select(stage => $"stage {stage}: {backbone.Channels(stage)} channels are not divided by {backbone.NumHeads[stage]} heads");
        return backbone.GridProblems().Concat(heads).Select(problem => $"'network': {problem}");
    }
}
