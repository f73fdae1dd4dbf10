namespace DiTask.Api.Hosting;

/// <summary>An option whose value is shown to nobody.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
