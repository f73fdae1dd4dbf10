using Microsoft.Extensions.Options;

namespace DiTask.Api.Tracing;

[OptionsValidator]
internal sealed partial class TracingOptionsValidator : IValidateOptions<TracingOptions>;
