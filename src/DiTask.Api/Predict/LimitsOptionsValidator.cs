using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict;

[OptionsValidator]
internal sealed partial class LimitsOptionsValidator : IValidateOptions<LimitsOptions>;
