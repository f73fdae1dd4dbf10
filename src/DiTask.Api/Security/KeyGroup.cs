namespace DiTask.Api.Security;

/// <summary>What a key opens. A key opens one group; one that is named in both lists opens both.</summary>
internal enum KeyGroup
{
    Predict,
    Admin,
}
