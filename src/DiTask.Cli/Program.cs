using System.CommandLine;
using DiTask.Cli.Commands;

namespace DiTask.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args) =>
        new RootCommand("DiTASK models: from checkpoint to ONNX graphs to maps.")
        {
            FoldCommand.Create(),
            ExportCommand.Create(),
            PredictCommand.Create(),
            InspectCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            DataCommand.Create(),
        }.Parse(args).InvokeAsync();
}
