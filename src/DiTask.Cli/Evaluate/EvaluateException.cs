namespace DiTask.Cli.Evaluate;

/// <summary>The command cannot be carried out as it was typed; nothing has been written.</summary>
internal sealed class EvaluateException(string message) : Exception(message);
