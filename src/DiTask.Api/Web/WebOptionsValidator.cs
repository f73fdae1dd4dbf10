using Microsoft.Extensions.Options;

namespace DiTask.Api.Web;

/// <summary>The samples' folder exists where one is named.</summary>
internal sealed class WebOptionsValidator : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options) =>
        string.IsNullOrEmpty(options.Samples) || Directory.Exists(options.Samples)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Web:Samples is '{options.Samples}', which is no folder.");
}
