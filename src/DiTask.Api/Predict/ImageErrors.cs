using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>When the errors of single images become the error of their request.</summary>
internal static class ImageErrors
{
    /// <exception cref="RequestErrorException">Every image has an error, or one has and the request is strict.</exception>
    public static void ThrowIfFatal(IReadOnlyList<PreparedImage> images, bool strict)
    {
        int failed = images.Count(image => image.Error is not null);
        if (failed > 0 && (strict || failed == images.Count))
        {
            throw new RequestErrorException(Combine(images));
        }
    }

    private static RequestError Combine(IReadOnlyList<PreparedImage> images)
    {
        List<RequestError> errors = [];
        List<FieldProblem> problems = [];
        for (int i = 0; i < images.Count; i++)
        {
            if (images[i].Error is { } error)
            {
                errors.Add(error);
                problems.Add(new FieldProblem($"/images/{i}", ErrorCatalogue.Describe(error.Code).Code, error.Detail));
            }
        }

        if (errors.Count == 1)
        {
            return images.Count == 1 ? errors[0] : errors[0] with { Errors = problems };
        }

        int status = ErrorCatalogue.Describe(errors[0].Code).Status;
        bool isCommon = errors.TrueForAll(error => ErrorCatalogue.Describe(error.Code).Status == status);
        return (isCommon ? errors[0] : new RequestError(ErrorCode.ImagesFailed, "")) with
        {
            Detail = $"{errors.Count} of {images.Count} images cannot be used. The first: {errors[0].Detail}",
            Errors = problems,
        };
    }
}
