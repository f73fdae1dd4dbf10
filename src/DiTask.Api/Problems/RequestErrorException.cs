namespace DiTask.Api.Problems;

/// <summary>Carries a <see cref="RequestError"/> out of code that reads or waits deep inside a request.</summary>
internal sealed class RequestErrorException(RequestError error) : Exception(error.Detail)
{
    public RequestError Error { get; } = error;
}
