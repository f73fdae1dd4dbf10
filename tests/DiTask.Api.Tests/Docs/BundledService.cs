namespace DiTask.Api.Tests.Docs;

/// <summary>What <c>./ditask serve</c> serves, which the pages assume.</summary>
public sealed class BundledService : RealService
{
    protected override string Model => "ditask-synth";
}
