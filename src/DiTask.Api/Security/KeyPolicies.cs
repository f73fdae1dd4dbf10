namespace DiTask.Api.Security;

/// <summary>Authorization policies, one per group of keys. A key opens one group; one that is named in both lists opens both.</summary>
internal static class KeyPolicies
{
    public const string Predict = "Predict";
    public const string Admin = "Admin";

    /// <summary>Statuses of requests without the right key.</summary>
    public static readonly int[] Statuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];
}
