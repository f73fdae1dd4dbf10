namespace DiTask.Api.Security;

/// <summary>What an endpoint asks of its callers.</summary>
/// <param name="Group">Whose key opens it.</param>
internal sealed record RequiredKey(KeyGroup Group)
{
    /// <summary>What callers without the right key are answered.</summary>
    public static readonly int[] Statuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];
}
