using DiTask.Model.Inference;

namespace DiTask.Model.Tests.Inference;

public sealed class ExecutionProviderTests
{
    [Fact]
    public void CudaOptions_Defaults_GrowAsRequestedSearchExhaustivelyAndHaveNoLimit()
    {
        Dictionary<string, string> options = ExecutionProvider.CudaOptions(new SessionSettings());

        Assert.Equal(
            new Dictionary<string, string> { ["device_id"] = "0", ["arena_extend_strategy"] = "kSameAsRequested", ["cudnn_conv_algo_search"] = "EXHAUSTIVE" },
            options);
    }

    [Fact]
    public void CudaOptions_EverySetting_HasItsName()
    {
        Dictionary<string, string> options = ExecutionProvider.CudaOptions(new SessionSettings
        {
            DeviceId = 1,
            GpuMemoryLimit = 6_000_000_000,
            ArenaStrategy = "next-power-of-two",
            CudnnSearch = "heuristic",
        });

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["device_id"] = "1",
                ["arena_extend_strategy"] = "kNextPowerOfTwo",
                ["cudnn_conv_algo_search"] = "HEURISTIC",
                ["gpu_mem_limit"] = "6000000000",
            },
            options);
    }

    [Fact]
    public void CudaOptions_UnknownValue_NamesTheKnown()
    {
        ArgumentException strategy = Assert.Throws<ArgumentException>(() => ExecutionProvider.CudaOptions(new SessionSettings { ArenaStrategy = "slow" }));
        ArgumentException search = Assert.Throws<ArgumentException>(() => ExecutionProvider.CudaOptions(new SessionSettings { CudnnSearch = "best" }));

        Assert.Contains("'slow'. Known: same-as-requested, next-power-of-two", strategy.Message, StringComparison.Ordinal);
        Assert.Contains("'best'. Known: exhaustive, heuristic, default", search.Message, StringComparison.Ordinal);
    }
}
