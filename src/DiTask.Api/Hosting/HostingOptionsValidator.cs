using Microsoft.Extensions.Options;

namespace DiTask.Api.Hosting;

[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;
