using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

/// <summary>Registers the options of batchers. Whoever owns a model makes its batcher and its worker.</summary>
internal static class BatchingSetup
{
    public static IServiceCollection AddBatching(this IServiceCollection services)
    {
        services.AddOptions<BatchingOptions>().BindConfiguration(BatchingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BatchingOptions>, BatchingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
