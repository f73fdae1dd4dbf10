using System.Globalization;
using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>Compares the configuration that the tensors show with the one inside the file. The tensors win; a difference is a note.</summary>
internal static class ConfigCrossCheck
{
    public static void Compare(KeyTable keys, ModelConfig config)
    {
        if (keys.File.ConfigProblem is string problem)
        {
            keys.Notes.Add(problem);
        }

        if (keys.File.Config is not EmbeddedConfig embedded)
        {
            return;
        }

        BackboneConfig backbone = config.Backbone;
        Check("MODEL.SWIN.PATCH_SIZE", embedded.GetInt("MODEL.SWIN.PATCH_SIZE"), backbone.PatchSize);
        Check("MODEL.SWIN.EMBED_DIM", embedded.GetInt("MODEL.SWIN.EMBED_DIM"), backbone.EmbedDim);
        CheckList("MODEL.SWIN.DEPTHS", embedded.GetInts("MODEL.SWIN.DEPTHS"), backbone.Depths);
        CheckList("MODEL.SWIN.NUM_HEADS", embedded.GetInts("MODEL.SWIN.NUM_HEADS"), backbone.NumHeads);
        Check("MODEL.SWIN.WINDOW_SIZE", embedded.GetInt("MODEL.SWIN.WINDOW_SIZE") is int window ? Math.Min(window, Grid(backbone)) : null, backbone.WindowSizes[0]);
        Check("MODEL.SWIN.QKV_BIAS", embedded.GetFlag("MODEL.SWIN.QKV_BIAS"), backbone.QkvBias);
        Check("MODEL.SWIN.APE", embedded.GetFlag("MODEL.SWIN.APE"), backbone.AbsolutePositionEmbedding);
        Check("MODEL.SWIN.PATCH_NORM", embedded.GetFlag("MODEL.SWIN.PATCH_NORM"), backbone.PatchNorm);
        if (embedded.GetNumber("MODEL.SWIN.MLP_RATIO") is double ratio && (int)(backbone.EmbedDim * ratio) != backbone.HiddenChannels(0))
        {
            Note("MODEL.SWIN.MLP_RATIO", ratio.ToString(CultureInfo.InvariantCulture), backbone.MlpRatio.ToString(CultureInfo.InvariantCulture));
        }

        CheckTasks(embedded);

        int Grid(BackboneConfig swin) => swin.ImageSize > 0 ? swin.GridSize(0) : int.MaxValue;

        void Check<T>(string name, T? inside, T shown)
            where T : struct, IEquatable<T>
        {
            if (inside is T value && !value.Equals(shown))
            {
                Note(name, $"{value}", $"{shown}");
            }
        }

        void CheckList<T>(string name, IReadOnlyList<T>? inside, IReadOnlyList<T> shown)
        {
            if (inside is not null && !inside.SequenceEqual(shown))
            {
                Note(name, $"[{string.Join(',', inside)}]", $"[{string.Join(',', shown)}]");
            }
        }

        void CheckTasks(EmbeddedConfig inside)
        {
            if (config.Tasks.Count == 0)
            {
                return;
            }

            if (inside.GetTexts("TASKS") is { } tasks && !tasks.Order(StringComparer.Ordinal).SequenceEqual(config.Tasks.Select(task => task.Name).Order(StringComparer.Ordinal)))
            {
                Note("TASKS", string.Join(' ', tasks), string.Join(' ', config.Tasks.Select(task => task.Name)));
            }

            foreach (TaskConfig task in config.Tasks)
            {
                Check($"TASKS_CONFIG.NUM_OUTPUT.{task.Name}", inside.GetInt($"TASKS_CONFIG.NUM_OUTPUT.{task.Name}"), task.OutputChannels);
                if (task.DecoderChannels is { } channels)
                {
                    CheckList("MODEL.DECODER_CHANNELS", inside.GetInts("MODEL.DECODER_CHANNELS"), channels);
                }
            }

            CheckTessellation(inside);
        }

        // Reference: R_PER_TASK holds one size per stage after the configuration is completed.
        void CheckTessellation(EmbeddedConfig inside)
        {
            for (int stage = 0; stage < backbone.Depths.Count; stage++)
            {
                CheckCells(inside, stage, "shared", config.Adapters.SharedTessellation);
                foreach (TaskConfig task in config.Tasks)
                {
                    CheckCells(inside, stage, task.Name, config.Adapters.TaskTessellation
                        .Where(layer => layer.Value.ContainsKey(task.Name)).ToDictionary(layer => layer.Key, layer => layer.Value[task.Name]));
                }
            }
        }

        void CheckCells(EmbeddedConfig inside, int stage, string name, IReadOnlyDictionary<string, int> cells)
        {
            string path = $"MODEL.DITASK.R_PER_TASK.{name}";
            IReadOnlyList<int>? sizes = inside.GetInts(path);
            int[] shown = [.. cells.Where(layer => layer.Key.StartsWith($"layers.{stage}.", StringComparison.Ordinal)).Select(layer => layer.Value).Distinct()];
            if (sizes is { Count: 1 or 4 } && shown.Length > 0)
            {
                int expected = sizes[sizes.Count == 1 ? 0 : stage];
                if (shown is not [int only] || only != expected)
                {
                    Note($"{path}, stage {stage}", $"{expected}", string.Join(' ', shown));
                }
            }
        }

        void Note(string name, string inside, string shown)
        {
            string text = $"the embedded config says {name} = {inside}, the tensors say {shown}";
            if (!keys.Notes.Contains(text))
            {
                keys.Notes.Add(text);
            }
        }
    }
}
