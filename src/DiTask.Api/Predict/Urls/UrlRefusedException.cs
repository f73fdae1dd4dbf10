namespace DiTask.Api.Predict.Urls;

/// <summary>An address that the service does not fetch from; the message is for the caller.</summary>
internal sealed class UrlRefusedException(string message) : Exception(message);
