using System.CommandLine;
using DiTask.Cli.Train;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask train</c>: a configuration becomes a run, and a run a model.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Argument<string?> config = new("CONFIG") { Description = "A YAML file; see docs/training.md.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> output = new("--out") { Description = "Folder of the run, to be made.", HelpName = "DIR" };
        Option<string?> resume = new("--resume") { Description = "Go on with the run in DIR, exactly where it was.", HelpName = "DIR" };
        Option<string[]> settings = new("--set") { Description = "Change a value, such as optimizer.learning_rate=1e-3. May be given often.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        Option<bool> print = new("--print-config") { Description = "Print the whole configuration, defaults included, and train nothing." };
        Option<bool> dry = new("--dry-run") { Description = "Open everything, take two steps, print parameters, costs and how long the run would take. Leaves no folder behind." };
        Option<bool> each = new("--each-task") { Description = "Train a network of its own for each task, in folders below --out, and write baselines.json for Delta-m. Run again, it goes on." };
        Option<bool> quiet = new("--quiet") { Description = "Print notices, evaluations and the end only." };
        Command command = new("train", "Train a multi-task network, or go on with a run.") { config, output, resume, settings, print, dry, each, quiet };
        // Elsewhere than on the thread that listens for Ctrl+C, or it would not be heard.
        command.SetAction((parsed, cancellation) => Task.Run(() => GuardedCommand.Run("train", "--resume goes on from here", parsed.InvocationConfiguration.Error, () =>
        {
            string[] changes = parsed.GetRequiredValue(settings);
            string? run = parsed.GetValue(resume);
            if (run is not null && (parsed.GetValue(config) ?? parsed.GetValue(output)) is { } other)
            {
                throw new TrainingException($"--resume goes on with what '{run}' holds, its configuration too; leave '{other}' out, and give changes with --set");
            }

            if (run is not null && parsed.GetValue(each))
            {
                throw new TrainingException("--each-task goes on by itself: give it the configuration and the --out that it had, without --resume");
            }

            if (parsed.GetValue(print))
            {
                Console.Write(ConfigFile.Write(Read(run is null ? parsed.GetValue(config) : Path.Combine(run, "config.yaml"), changes)));
                return 0;
            }

            TrainingConsole console = new(parsed.GetValue(quiet));
            if (parsed.GetValue(dry))
            {
                using TemporaryRun temporary = new();
                RunConfig asked = Read(parsed.GetValue(config), changes);
                using Trainer trial = Trainer.Begin(asked, temporary.Path, console);
                ParameterTable.Print(trial.Parameters);
                TrialTable.Print(trial.Try(), NetworkCost.Of(trial.Network), asked);
                return 0;
            }

            if (parsed.GetValue(each))
            {
                return EachTask(Read(parsed.GetValue(config), changes), parsed.GetValue(output) ?? throw new TrainingException("--each-task needs --out DIR"), console, cancellation);
            }

            using Trainer trainer = run is not null
                ? Trainer.Resume(run, changes, console)
                : Trainer.Begin(
                    Read(parsed.GetValue(config), changes),
                    parsed.GetValue(output) ?? throw new TrainingException("a new run needs --out DIR"),
                    console);
            ParameterTable.Print(trainer.Parameters);
            TrainingResult result = console.Watch(() => trainer.Run(cancellation));
            console.Finish(result);
            return 0;
        }), CancellationToken.None));
        return command;
    }

    private static int EachTask(RunConfig config, string output, TrainingConsole console, CancellationToken cancellation)
    {
        string? baselines = console.Watch(() => SingleTaskRuns.Run(config, output, (task, trainer) =>
        {
            console.Notice($"{task}: {Path.Combine(output, task)}, {trainer.Parameters.Trained:N0} parameters are trained");
        }, [console], cancellation));
        Console.WriteLine(baselines is null
            ? "no baselines.json: the configuration asks for no evaluation (validation.every)"
            : $"next: ./ditask train CONFIG --set validation.baselines={baselines}");
        return 0;
    }

    private static RunConfig Read(string? path, string[] settings) =>
        path is not null ? ConfigFile.Read(path, settings)
        : settings.Length > 0 ? ConfigFile.Parse("", settings, "--set")
        : throw new TrainingException("expected a configuration file, --set data.path=DIR, or --resume DIR");
}
