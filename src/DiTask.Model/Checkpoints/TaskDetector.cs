using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>The tasks of a checkpoint, by its decoders. Reference specification 4 and 5.4.</summary>
internal static class TaskDetector
{
    private const string Decoders = "decoders.decoders.";
    private const int Levels = 4;

    // The method knows six tasks. Each one costs a walk over all keys, so a file with a million of them would never be done.
    private const int MostTasks = 64;

    public static IReadOnlyList<TaskConfig> Detect(KeyTable keys)
    {
        List<TaskConfig> tasks = [];
        IReadOnlyList<string> names = keys.NamesBelow(Decoders);
        if (names.Count > MostTasks)
        {
            keys.Problems.Add($"'{Decoders}' has {names.Count} tasks, expected at most {MostTasks}");
        }

        foreach (string name in names.Take(MostTasks))
        {
            // The name becomes part of file names and URLs.
            if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            {
                keys.Problems.Add($"'{Decoders}{name}' is no name for a task, expected letters, digits and '_'");
                continue;
            }

            (HeadKind head, string output) = Head(keys, name);
            int channels = head == HeadKind.Unknown ? 0 : keys.Require(output, rank: 4)?[0] ?? 0;
            if (head == HeadKind.Unknown)
            {
                keys.Notes.Add($"task {name} has a decoder of no known kind");
            }

            tasks.Add(new TaskConfig { Name = name, OutputChannels = channels, Head = head, DecoderChannels = Downsampler(keys, name) });
        }

        return tasks;
    }

    /// <summary>The data set that the outputs point to. Reference specification 4.3.</summary>
    public static string? DataSet(IReadOnlyList<TaskConfig> tasks)
    {
        bool pascal = tasks.Any(task => task is { Name: "human_parts" or "sal" } or { Name: "semseg", OutputChannels: 21 });
        bool nyud = tasks.Any(task => task is { Name: "depth" } or { Name: "semseg", OutputChannels: 40 });
        return pascal ? nyud ? "mixed" : "pascal" : nyud ? "nyud" : null;
    }

    private static (HeadKind Kind, string Output) Head(KeyTable keys, string task)
    {
        string decoder = $"{Decoders}{task}.";
        return decoder switch
        {
            _ when keys.Has(decoder + "last_layer.0.weight") => (HeadKind.Hrnet, decoder + "last_layer.3.weight"),
            _ when keys.Has(decoder + "deconv_layers.0.weight") => (HeadKind.UpDecoder, decoder + "conv_layers.0.weight"),
            _ when keys.Has(decoder + "linear_c1.proj.weight") => (HeadKind.SegFormer, decoder + "linear_pred.weight"),
            _ when keys.Has(decoder + "0.convs.0.0.weight") => (HeadKind.Aspp, decoder + "4.weight"),
            _ => (HeadKind.Unknown, ""),
        };
    }

    private static int[]? Downsampler(KeyTable keys, string task)
    {
        string prefix = keys.Has("downsampler.downsample_0.weight") ? "downsampler." : $"downsampler.{task}.";
        if (!keys.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        return [.. Enumerable.Range(0, Levels).Select(level => keys.Require($"{prefix}downsample_{level}.weight", rank: 4)?[0] ?? 0)];
    }
}
