using DiTask.Cli.Evaluate;
using DiTask.Cli.Predict;
using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Data;
using DiTask.Model.Diagnosis;
using DiTask.Model.Folding;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Cli.Commands;

/// <summary>How commands end: with 0; with 1 and a line that says what was wrong with the input; with 130 when they were stopped. A mistake of our own keeps its stack.</summary>
internal static class GuardedCommand
{
    private const int Failed = 1;

    // 128 + SIGINT, as shells have it.
    private const int Stopped = 130;

    /// <summary>Does the work of a command.</summary>
    /// <param name="name">Of the command, such as <c>data check</c>.</param>
    /// <param name="whenStopped">What is left behind when it is stopped.</param>
    /// <param name="error">Where to say so.</param>
    /// <param name="work">Gives the exit code.</param>
    public static int Run(string name, string whenStopped, TextWriter error, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"ditask {name}: stopped; {whenStopped}.");
            return Stopped;
        }
        // TorchSharp and ONNX Runtime load their natives when a type of theirs is first used, and say why it failed inside.
        catch (TypeInitializationException problem) when (problem.InnerException is NotSupportedException or DllNotFoundException)
        {
            string reason = problem.InnerException.Message.Split('\n')[0];
            error.WriteLine($"ditask {name}: '{problem.TypeName}' cannot load its native library (docs/deployment.md): {TerminalText.Clean(reason.TrimEnd())}");
            return Failed;
        }
        catch (Exception problem) when (IsOfInput(problem))
        {
            error.WriteLine($"ditask {name}: {Said(problem)}");
            return Failed;
        }
    }

    // These two have messages of several lines; elsewhere a line break can only come from a name.
    private static string Said(Exception problem) =>
        problem is ConfigException or OnnxRuntimeException ? TerminalText.CleanLines(problem.Message) : TerminalText.Clean(problem.Message);

    private static bool IsOfInput(Exception problem) => problem is CheckpointException or ConfigException or DatasetException or DiagnosisException or EvaluateException
        or FoldException or ModelFolderException or PredictException or TrainingException or OnnxRuntimeException or DllNotFoundException
        or ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException;
}
