using DiTask.Api.Predict.Urls;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Predict;

/// <summary>Reads a request's query and body by its content type.</summary>
internal sealed class UploadReader(IOptions<LimitsOptions> limits, ImageFetcher fetcher)
{
    /// <summary>Types of body that are read.</summary>
    public const string AcceptedTypes = "multipart/form-data, application/json, image/jpeg, image/png, image/webp, image/bmp, application/octet-stream";

    /// <summary>Where a request names its model: known before the body is read, so that a full queue refuses it unread.</summary>
    public const string ModelQuery = "model";

    /// <summary>Where a request names the model's version.</summary>
    public const string VersionQuery = "version";

    private readonly LimitsOptions limits = limits.Value;

    /// <summary>A value of the query; null when it is not given.</summary>
    /// <exception cref="RequestErrorException">It is given twice.</exception>
    public static string? OfQuery(HttpRequest request, string name) => request.Query[name] is { Count: > 0 } values
        ? values.Count == 1 ? values[0] : throw new RequestErrorException(new(ErrorCode.BadOption, $"'{name}' is given {values.Count} times."))
        : null;

    /// <exception cref="RequestErrorException">The body cannot be read.</exception>
    public async Task<PredictRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using Stream body = RequestBody.Open(request, limits);
        PredictRequest result = new();
        try
        {
            foreach ((string name, var values) in request.Query.Where(pair => pair.Key is not (ModelQuery or VersionQuery)))
            {
                result.Options.AddRange(values.Select(value => new OptionValue(name, value ?? "", "/query/" + NearestName.Short(name))));
            }

            if (MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            {
                if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
                {
                    await new MultipartUpload(limits, result, fetcher.IsEnabled).ReadAsync(body, type, cancellation).ConfigureAwait(false);
                    return await FetchAsync(result, cancellation).ConfigureAwait(false);
                }

                if (type.MediaType.Equals(AnswerForms.Json, StringComparison.OrdinalIgnoreCase))
                {
                    await new JsonUpload(limits, result, fetcher.IsEnabled).ReadAsync(body, cancellation).ConfigureAwait(false);
                    return await FetchAsync(result, cancellation).ConfigureAwait(false);
                }

                if (type.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
                    || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))
                {
                    result.Images.Add(await ReadImageAsync(body, "image", limits, cancellation).ConfigureAwait(false));
                    return result;
                }
            }

            throw new RequestErrorException(new(
                ErrorCode.UnsupportedMediaType, $"Expected a body of type {AcceptedTypes}; found '{request.ContentType}'.") { Header = ("Accept", AcceptedTypes) });
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Reads an image; one with too many bytes is read to its end and not kept, so that its neighbours can be answered.</summary>
    public static async Task<UploadedImage> ReadImageAsync(Stream stream, string id, LimitsOptions limits, CancellationToken cancellation)
    {
        RentedBytes bytes = await RentedBytes.ReadAsync(stream, limits.MaxImageBytes, cancellation).ConfigureAwait(false);
        return new UploadedImage(id, bytes, LimitErrors.OfImage(bytes.TotalBytes, limits));
    }

    private async Task<PredictRequest> FetchAsync(PredictRequest request, CancellationToken cancellation)
    {
        // A request that is wrong already makes the service ask nobody for anything.
        if (request.Problems.Count == 0)
        {
            await fetcher.FetchAllAsync(request.Images, cancellation).ConfigureAwait(false);
        }

        return request;
    }
}
