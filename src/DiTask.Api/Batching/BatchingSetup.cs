using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

/// <summary>Registers a batcher; its <see cref="BatchRunner{TInput, TOutput}"/> comes from the feature that owns the model.</summary>
internal static class BatchingSetup
{
    public static IServiceCollection AddBatching<TInput, TOutput>(this IServiceCollection services)
    {
        services.AddOptions<BatchingOptions>().BindConfiguration(BatchingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BatchingOptions>, BatchingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Batcher<TInput, TOutput>>();
        services.AddHostedService<BatchWorker<TInput, TOutput>>();
        return services;
    }
}
