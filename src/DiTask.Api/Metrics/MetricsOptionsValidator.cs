using Microsoft.Extensions.Options;

namespace DiTask.Api.Metrics;

[OptionsValidator]
internal sealed partial class MetricsOptionsValidator : IValidateOptions<MetricsOptions>;
