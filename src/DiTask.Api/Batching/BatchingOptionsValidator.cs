using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

[OptionsValidator]
internal sealed partial class BatchingOptionsValidator : IValidateOptions<BatchingOptions>;
