using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using DiTask.Cli.Synth;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask synth</c>: a data set out of nothing.</summary>
internal static class SynthCommand
{
    private const int HeldOutShare = 8;

    public static Command Create()
    {
        Option<string?> output = new("--out") { Description = "Folder to write; must not exist or be empty.", HelpName = "DIR" };
        Option<int> images = Number("--images", "Pictures to train on.", 1, 99_999, _ => 1200);
        Option<int> val = Number("--val", "Pictures to choose models with. Default: an eighth of --images.", 0, 99_999);
        Option<int> test = Number("--test", "Pictures to be measured on once. Default: an eighth of --images.", 0, 99_999);
        Option<int> size = Number("--size", "Side of the square pictures in pixels.", 16, 2048, _ => 112);
        Option<long> seed = new("--seed") { Description = "The same seed gives the same bytes, with any number of threads.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int> threads = Number("--threads", "Pictures drawn at one time.", 1, 1024, _ => Environment.ProcessorCount);
        Option<string> kind = new("--kind") { Description = "scenes, or collages of single things to pretrain on, without labels of the six tasks.", DefaultValueFactory = _ => "scenes" };
        kind.AcceptOnlyFromAmong("scenes", "collage");
        Option<int> tiles = Number("--tiles", "Collages: things in a row, and rows of them.", 1, 8, _ => 2);
        Option<string> world = new("--world") { Description = "Scenes: indoor, outdoor or both.", DefaultValueFactory = _ => "both" };
        world.AcceptOnlyFromAmong("indoor", "outdoor", "both");
        Option<int> border = Number("--void", "Scenes: pixels beside borders whose class, part and saliency become unknown.", 0, 32, _ => 0);
        Option<double> drop = new("--drop-labels") { Description = "Scenes: probability that a picture lacks a task's labels.", HelpName = "P", DefaultValueFactory = _ => 0 };
        drop.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is >= 0 and <= 1, "--drop-labels: expected 0 to 1"));
        Option<double> range = new("--range") { Description = "Scenes: metres beyond which depth is unknown.", HelpName = "METRES", DefaultValueFactory = _ => 20 };
        range.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() > 0, "--range: expected more than 0"));
        Option<bool> dry = new("--dry-run") { Description = "Scenes: draw the training pictures, write nothing, print the speed and how often each class occurs." };
        Command command = new("synth", "Draw a data set: rooms and streets with exact labels of all six tasks (docs/synth.md).")
        {
            output, images, val, test, size, seed, threads, kind, tiles, world, border, drop, range, dry,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => GuardedCommand.Run("synth", "the folder has no lists and no description", parsed.InvocationConfiguration.Error, () =>
        {
            int train = parsed.GetValue(images), heldOut = (train + HeldOutShare - 1) / HeldOutShare;
            SynthOptions options = new(
                parsed.GetValue(output) ?? "",
                train,
                parsed.GetResult(val) is null ? heldOut : parsed.GetValue(val),
                parsed.GetResult(test) is null ? heldOut : parsed.GetValue(test),
                parsed.GetValue(size),
                parsed.GetValue(seed),
                parsed.GetValue(threads),
                parsed.GetValue(tiles),
                new SceneOptions
                {
                    World = Enum.Parse<World>(parsed.GetRequiredValue(world), ignoreCase: true),
                    VoidBorder = parsed.GetValue(border),
                    DropLabels = parsed.GetValue(drop),
                    DepthRange = parsed.GetValue(range),
                });
            if (parsed.GetValue(dry))
            {
                SceneSurvey.Run(options, parsed.InvocationConfiguration.Output, cancellation);
            }
            else
            {
                Write(options, parsed.GetValue(kind) == "collage", parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
            }

            return 0;
        }), CancellationToken.None));
        return command;
    }

    private static void Write(SynthOptions options, bool isCollage, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (options.Folder.Length == 0)
        {
            throw new IOException("expected --out DIR, or --dry-run; found neither.");
        }

        if (Directory.Exists(options.Folder) && Directory.EnumerateFileSystemEntries(options.Folder).Any())
        {
            throw new IOException($"'{options.Folder}': expected a folder that does not exist or is empty; pictures of two data sets would mix.");
        }

        Stopwatch watch = Stopwatch.StartNew();
        Action<int, int> progress = Progress(error);
        if (isCollage)
        {
            CollageFiles.Write(options, progress, cancellation);
        }
        else
        {
            SceneFiles.Write(options, progress, cancellation);
        }

        int all = options.Train + options.Val + options.Test;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Folder}: train {options.Train}, val {options.Val}, test {options.Test}; {options.Size} pixels; {watch.Elapsed.TotalSeconds:0.0} s, {all / watch.Elapsed.TotalSeconds:0} pictures a second; look at {SynthSheet.FileName}"));
    }

    private static Action<int, int> Progress(TextWriter error) => (done, all) =>
    {
        // Only for people who wait: a log of a pipeline needs no counter.
        if (!Console.IsErrorRedirected && (done % 50 == 0 || done == all))
        {
            error.Write(done == all ? "\r\u001b[K" : $"\r{done} of {all} pictures");
        }
    };

    private static Option<int> Number(string name, string description, int least, int most, Func<ArgumentResult, int>? standard = null)
    {
        Option<int> option = new(name) { Description = description, HelpName = "N" };
        if (standard is not null)
        {
            option.DefaultValueFactory = standard;
        }

        option.Validators.Add(result =>
        {
            // What is no number at all is reported elsewhere.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int value))
            {
                Require(result, value >= least && value <= most, $"{name}: expected {least} to {most}; found {value}");
            }
        });
        return option;
    }

    private static void Require(SymbolResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message + ".");
        }
    }
}
