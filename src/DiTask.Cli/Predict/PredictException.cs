namespace DiTask.Cli.Predict;

/// <summary>The command cannot be carried out as it was typed; nothing has been written.</summary>
internal sealed class PredictException(string message) : Exception(message);
