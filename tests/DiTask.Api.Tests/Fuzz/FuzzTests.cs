using System.Globalization;
using Xunit.Abstractions;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>Whatever arrives, the service answers it in time with a documented status, and does not grow.</summary>
public sealed class FuzzTests(FuzzService service, ITestOutputHelper output) : IClassFixture<FuzzService>
{
    private const int FirstSeed = 1;
    private const int WarmUpCases = 5000;

    /// <summary>Growth of the whole process from the end of the warm-up on: caches, pools and the heap's own slack, but no leak per case.</summary>
    private const long MostGrowthBytes = 96L << 20;

    private static readonly Dictionary<string, Func<Random, FuzzCase>> Campaigns = new()
    {
        ["images"] = ImageCases.Make,
        ["multipart"] = MultipartCases.Make,
        ["json"] = JsonCases.MakePredict,
        ["infer-json"] = JsonCases.MakeInfer,
        ["infer-binary"] = BinaryCases.Make,
    };

    [Theory]
    [InlineData("images", 500)]
    [InlineData("multipart", 300)]
    [InlineData("json", 300)]
    [InlineData("infer-json", 200)]
    [InlineData("infer-binary", 300)]
    public async Task Campaign_Short_MeetsOnlyDocumentedStatuses(string name, int count) => await RunAsync(name, FirstSeed, count);

    [Theory]
    [InlineData("images", 20_000)]
    [InlineData("multipart", 10_000)]
    [InlineData("json", 10_000)]
    [InlineData("infer-json", 10_000)]
    [InlineData("infer-binary", 10_000)]
    [Trait("Category", "Slow")]
    public async Task Campaign_Long_MeetsOnlyDocumentedStatusesAndDoesNotGrow(string name, int count)
    {
        await RunAsync(name, FirstSeed, WarmUpCases);
        long before = ResidentBytes();

        await RunAsync(name, FirstSeed + WarmUpCases, count - WarmUpCases);

        long growth = ResidentBytes() - before;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"resident after {WarmUpCases} cases {before >> 20} MiB, growth over the other {count - WarmUpCases}: {growth / 1048576.0:0.0} MiB"));
        Assert.True(growth < MostGrowthBytes, $"{name}: the process grew by {growth} bytes over {count - WarmUpCases} cases.");
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }

    private async Task RunAsync(string name, int first, int count)
    {
        FuzzCampaign campaign = new(service.Client, Campaigns[name]);
        try
        {
            await campaign.RunAsync(first, count);
        }
        finally
        {
            output.WriteLine($"{name}, seeds from {first}, {count} cases: {campaign.Outcomes}");
        }
    }
}
