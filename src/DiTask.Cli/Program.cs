using System.CommandLine;
using DiTask.Cli.Commands;

namespace DiTask.Cli;

internal static class Program
{
    // A training step is finished and its state saved before the process ends.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    private static Task<int> Main(string[] args) =>
        new RootCommand("DiTASK models: from checkpoint to ONNX graphs to maps.")
        {
            FoldCommand.Create(),
            ExportCommand.Create(),
            PredictCommand.Create(),
            InspectCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            DiagnoseCommand.Create(),
            DataCommand.Create(),
            SynthCommand.Create(),
            CompareCommand.Create(),
        }.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToStop });
}
