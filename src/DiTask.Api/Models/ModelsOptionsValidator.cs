using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

[OptionsValidator]
internal sealed partial class ModelsOptionsValidator : IValidateOptions<ModelsOptions>;
