using System.Text.Json.Nodes;
using DiTask.Api.Problems;
using Microsoft.OpenApi;

namespace DiTask.Api.OpenApi;

/// <summary>What <c>POST /predict</c> answers when it cannot answer, one example per code.</summary>
internal static class ProblemExamples
{
    private const string RequestId = "01a203c5a094774dae85cc8d408cd274";

    private static readonly (ErrorCode Code, string Detail)[] OfPredict =
    [
        (ErrorCode.MalformedJson, "Expected the body to be a JSON object of at most 16 levels, no member twice; line 3, byte 17 is not."),
        (ErrorCode.MalformedBase64, "Expected base64 without white space; found some at character 76."),
        (ErrorCode.MalformedMultipart, "Expected parts that end with the boundary of Content-Type; found an incomplete or oversized part."),
        (ErrorCode.MalformedRequest, "Expected a body of Content-Encoding gzip; its bytes are not, or end early."),
        (ErrorCode.UnknownField, "There is no field 'siez'. Did you mean 'size'?"),
        (ErrorCode.UnknownTask, "The model has no task 'dept'; it has semseg, normals, sal, depth. Did you mean 'depth'?"),
        (ErrorCode.BadOption, "Option 'maps' is png, npy, f32, f16 or none; found 'jpg'."),
        (ErrorCode.MissingImage, "Expected at least one part named 'image'; found none."),
        (ErrorCode.BadTimeout, "X-Request-Timeout is a positive decimal number of seconds; found 'soon'."),
        (ErrorCode.UnknownModel, "Known models are ditask-synth; found 'ditask'."),
        (ErrorCode.UnknownVersion, "Model 'ditask-synth' has version 1; found '2'."),
        (ErrorCode.NotAcceptable, "Expected Accept to allow application/json or application/zip or multipart/mixed for this request; found 'text/html'."),
        (ErrorCode.BodyTooSlow, "The body arrived more slowly than the server's minimum data rate."),
        (ErrorCode.BodyTooLarge, "A body has at most 33554432 bytes, Limits:MaxBodyBytes; found 41943040."),
        (ErrorCode.ImageTooLarge, "An image has at most 20971520 bytes, Limits:MaxImageBytes; found 26214400."),
        (ErrorCode.TooManyPixels, "An image has at most 40000000 pixels, Limits:MaxImagePixels; found 50000x50000 = 2500000000."),
        (ErrorCode.TooManyImages, "A request has at most 16 images, Limits:MaxImages; found more."),
        (ErrorCode.UriTooLong, "An address has at most 8192 characters; found 9014. Options may be sent in the body."),
        (ErrorCode.HeadersTooLarge, "A request has at most 100 headers of 32768 bytes together; found 7 of 40102 bytes."),
        (ErrorCode.UnsupportedMediaType, "Expected a body of type multipart/form-data, application/json, image/jpeg, image/png, image/webp, image/bmp, application/octet-stream; found 'text/html'."),
        (ErrorCode.UnsupportedContentEncoding, "Expected one Content-Encoding of gzip, deflate, identity; found 'br'."),
        (ErrorCode.UnsupportedImageFormat, "Expected a JPEG, PNG, WebP or BMP image; found 908 bytes that begin with 4749463839611000."),
        (ErrorCode.ImageUndecodable, "Expected PNG chunks up to the end chunk; found the file of 1832 bytes to end in the chunk at byte 41."),
        (ErrorCode.ImageEmpty, "Expected a JPEG, PNG, WebP or BMP image; found no bytes."),
        (ErrorCode.UrlRefused, "This service does not fetch images from addresses: send their bytes in 'data'."),
        (ErrorCode.ImagesFailed, "2 of 2 images cannot be used. The first: Expected a JPEG, PNG, WebP or BMP image; found no bytes."),
        (ErrorCode.QueueFull, "The queue, Batching:QueueCapacity, has no room for the images of this request."),
        (ErrorCode.DeadlineUnreachable, "At the present rate the images ahead of this request take longer than it has time."),
        (ErrorCode.MemoryBudget, "Decoding needs 240000000 bytes of the 536870912 set aside, Limits:DecodeMemoryBytes, and they were in use for Limits:DecodeMemoryWait."),
        (ErrorCode.Internal, "The service failed; its log has the reason under this request's identifier."),
        (ErrorCode.InferenceFailed, "The model failed on this image; the service's log has the reason."),
        (ErrorCode.Loading, "The model is being loaded; /readyz says when it is ready."),
        (ErrorCode.Warming, "The model is being warmed up; /readyz says when it is ready."),
        (ErrorCode.Draining, "The service is shutting down; another replica may answer."),
        (ErrorCode.ModelFailed, "The model could not be loaded; the service's log says why."),
        (ErrorCode.DeadlineExceeded, "The request had 30 s and was in stage 'queue and run' when they were over. X-Request-Timeout asks for more, up to Limits:MaxDeadline."),
    ];

    /// <summary>Codes with a status, each with the document that a caller meets.</summary>
    public static Dictionary<string, IOpenApiExample> Of(string status) => OfPredict
        .Select(example => (example.Code, example.Detail, Kind: ErrorCatalogue.Describe(example.Code)))
        .Concat(Enum.GetValues<ErrorCode>()
            .Select(code => (Code: code, Detail: ErrorCatalogue.Describe(code).Title, Kind: ErrorCatalogue.Describe(code)))
            .Where(example => example.Kind.Status is 401 or 403))
        .Where(example => $"{example.Kind.Status}" == status)
        .ToDictionary(
            example => example.Kind.Code,
            IOpenApiExample (example) => new OpenApiExample { Summary = example.Kind.Title, Value = Document(example.Code, example.Kind, example.Detail) });

    private static JsonObject Document(ErrorCode code, ErrorKind kind, string detail)
    {
        JsonObject document = new()
        {
            ["type"] = kind.Type,
            ["title"] = kind.Title,
            ["status"] = kind.Status,
            ["detail"] = detail,
            ["code"] = kind.Code,
            ["error"] = detail,
            ["retryable"] = kind.Retryable,
            ["requestId"] = RequestId,
        };
        if (code is ErrorCode.UnknownField or ErrorCode.UnknownTask or ErrorCode.BadOption)
        {
            document["errors"] = new JsonArray(new JsonObject { ["pointer"] = "/options/size", ["code"] = kind.Code, ["detail"] = detail });
        }
        else if (code == ErrorCode.ImagesFailed)
        {
            document["errors"] = new JsonArray(Image(0, ErrorCode.ImageEmpty), Image(1, ErrorCode.UnsupportedImageFormat));
        }
        else if (code == ErrorCode.NotAcceptable)
        {
            document["supported"] = new JsonArray("application/json", "application/zip", "multipart/mixed");
        }

        return document;
    }

    private static JsonObject Image(int index, ErrorCode code) => new()
    {
        ["pointer"] = $"/images/{index}",
        ["code"] = ErrorCatalogue.Describe(code).Code,
        ["detail"] = OfPredict.Single(example => example.Code == code).Detail,
    };
}
