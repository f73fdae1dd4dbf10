using System.CommandLine;
using DiTask.Cli.Predict;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask predict</c>: photos to maps with a folded model.</summary>
internal static class PredictCommand
{
    private const string Summary = """
        Predict maps of photos with a folded model.

        Writes into --out, for each photo NAME and each task:
          NAME_semseg.png, NAME_human_parts.png   indexed PNG: the indices are the labels, the palette is the data set's
          NAME_depth.png                          16-bit gray; metres = offset + scale * sample
          NAME_normals.png                        8-bit RGB; x, y, z = -1 + 2/255 * sample
          NAME_sal.png, NAME_edge.png             8-bit gray; probability = sample / 255
          NAME_TASK_overlay.png                   with --overlay: the map's colours over the photo
          NAME_sheet.png                          the photo and all maps side by side
          predictions.json                        scale, offset, statistics of every map; photos that failed
        Two photos of the same name become NAME and NAME-2. The exit code is 1 when a photo failed.

        For machines: --tensor FILE.npy --logits reads normalised float32 [N,3,S,S] and writes full-size logits [N,C,S,S] to TASK.npy.
        """;

    public static Command Create()
    {
        Argument<string> model = new("DIR") { Description = "A folded model." };
        Argument<string[]> images = new("IMAGE") { Description = "JPEG, PNG, WebP or BMP files, folders of them, or patterns such as 'photos/**/*.jpg'.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> output = new("--out") { Description = "Folder to write into; made when it is missing.", Required = true, HelpName = "OUTDIR" };
        Option<string?> tasks = new("--tasks") { Description = "Tasks, comma-separated. Default: all of the model.", HelpName = "a,b" };
        Option<string> maps = new("--maps") { Description = "png, or npy: labels uint8 [H,W], values float32 [H,W] or [H,W,3].", DefaultValueFactory = _ => "png" };
        maps.AcceptOnlyFromAmong("png", "npy");
        Option<string> size = new("--size") { Description = $"Resolution of the maps: {MapSize.Choices}.", DefaultValueFactory = _ => "model", HelpName = "SIZE" };
        Option<bool> overlay = new("--overlay") { Description = "Also write each map's colours over the photo." };
        Option<string?> tensor = new("--tensor") { Description = "Normalised images instead of photos: float32 [N,3,S,S], C order. Needs --logits.", HelpName = "FILE.npy" };
        Option<bool> logits = new("--logits") { Description = "Write full-size logits, TASK.npy float32 [N,C,S,S]. Needs --tensor." };
        Option<string> provider = new("--provider") { Description = "Where the model runs.", DefaultValueFactory = _ => new SessionSettings().Provider };
        provider.AcceptOnlyFromAmong("cpu", "cuda", "coreml", "auto");
        Command command = new("predict", Summary) { model, images, output, tasks, maps, size, overlay, tensor, logits, provider };
        command.SetAction((parsed, cancellation) => Task.FromResult(GuardedCommand.Run("predict", "the maps written so far are complete", parsed.InvocationConfiguration.Error, () => Run(
            new PredictOptions
            {
                Model = parsed.GetRequiredValue(model),
                Images = parsed.GetValue(images) ?? [],
                Output = parsed.GetRequiredValue(output),
                Tasks = parsed.GetValue(tasks)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Format = parsed.GetValue(maps) == "npy" ? MapFormat.Npy : MapFormat.Png,
                Size = MapSize.TryParse(parsed.GetValue(size), out MapSize parsedSize)
                    ? parsedSize
                    : throw new PredictException($"--size: expected {MapSize.Choices}; found '{parsed.GetValue(size)}'."),
                Overlay = parsed.GetValue(overlay),
                Tensor = Pair(parsed.GetValue(tensor), parsed.GetValue(logits), parsed.GetValue(images) ?? []),
                Session = new SessionSettings { Provider = parsed.GetRequiredValue(provider) },
            },
            parsed.InvocationConfiguration,
            cancellation))));
        return command;
    }

    private static int Run(PredictOptions options, InvocationConfiguration console, CancellationToken cancellation)
    {
        ModelFolder folder = ModelFolder.Open(options.Model);
        IReadOnlyList<TaskSpec> tasks = Choose(folder.Manifest.Tasks, options.Tasks);
        IReadOnlyList<ImageFile> files = options.Tensor is null ? ImageFileList.Expand(options.Images) : [];
        using MultiTaskSession session = MultiTaskSession.Open(folder, options.Session);
        if (session.ProviderNotice is { } providerNotice)
        {
            console.Error.WriteLine($"ditask predict: {providerNotice}");
        }

        if (folder.Manifest.Notice is { } notice)
        {
            console.Error.WriteLine($"ditask predict: {notice}");
        }

        if (options.Tensor is { } tensor)
        {
            TensorPredictor.Run(session, tasks, tensor, options.Output, console.Output, cancellation);
            return 0;
        }

        Directory.CreateDirectory(options.Output);
        PhotoPredictor predictor = new(session, tasks, options);
        int failed = PredictProgress.Show(files.Count, console, progress => predictor.Run(files, progress, cancellation));
        if (failed > 0)
        {
            console.Error.WriteLine($"ditask predict: {failed} of {files.Count} photos failed.");
        }

        return failed > 0 ? 1 : 0;
    }

    private static string? Pair(string? tensor, bool logits, string[] images) => (tensor, logits, images.Length) switch
    {
        (null, true, _) => throw new PredictException("--logits needs --tensor FILE.npy."),
        (not null, false, _) => throw new PredictException("--tensor needs --logits."),
        (not null, _, > 0) => throw new PredictException($"Expected photos or --tensor; found both, '{images[0]}' and '{tensor}'."),
        (null, _, 0) => throw new PredictException("Expected at least one IMAGE, or --tensor FILE.npy --logits; found neither."),
        _ => tensor,
    };

    private static IReadOnlyList<TaskSpec> Choose(IReadOnlyList<TaskSpec> known, IReadOnlyList<string>? asked)
    {
        if (asked is null)
        {
            return known;
        }

        string[] unknown = [.. asked.Except(known.Select(task => task.Info.Name), StringComparer.Ordinal)];
        if (unknown.Length > 0 || asked.Count == 0)
        {
            string found = asked.Count == 0 ? "none" : $"'{string.Join("', '", unknown)}'";
            throw new PredictException($"--tasks: expected some of {string.Join(", ", known.Select(task => task.Info.Name))}; found {found}.");
        }

        return [.. known.Where(task => asked.Contains(task.Info.Name, StringComparer.Ordinal))];
    }
}
