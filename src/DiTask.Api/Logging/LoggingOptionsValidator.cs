using Microsoft.Extensions.Options;

namespace DiTask.Api.Logging;

[OptionsValidator]
internal sealed partial class LoggingOptionsValidator : IValidateOptions<LoggingOptions>;
