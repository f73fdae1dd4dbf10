using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict.Urls;

[OptionsValidator]
internal sealed partial class ImageUrlsOptionsValidator : IValidateOptions<ImageUrlsOptions>;
