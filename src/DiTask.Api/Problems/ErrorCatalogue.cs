namespace DiTask.Api.Problems;

/// <summary>Status, name and title of every error: the one place that maps them.</summary>
internal static class ErrorCatalogue
{
    private static readonly Dictionary<string, ErrorKind> BySlug = Enum.GetValues<ErrorCode>().Select(Describe).ToDictionary(kind => kind.Slug);

    public static ErrorKind Describe(ErrorCode code) => code switch
    {
        ErrorCode.MalformedJson => new(400, "malformed_json", "The JSON could not be parsed.", false),
        ErrorCode.MalformedBase64 => new(400, "malformed_base64", "The base64 of an image could not be read.", false),
        ErrorCode.MalformedMultipart => new(400, "malformed_multipart", "The multipart body could not be parsed.", false),
        ErrorCode.MalformedRequest => new(400, "malformed_request", "The HTTP request could not be parsed.", false),
        ErrorCode.UnknownField => new(400, "unknown_field", "The request has a field that does not exist.", false),
        ErrorCode.UnknownTask => new(400, "unknown_task", "The model does not have a task that was asked for.", false),
        ErrorCode.BadOption => new(400, "bad_option", "An option has a value that it cannot have.", false),
        ErrorCode.MissingImage => new(400, "missing_image", "The request has no image.", false),
        ErrorCode.BadTimeout => new(400, "bad_timeout", "X-Request-Timeout is not a number of seconds.", false),
        ErrorCode.BadBinaryHeader => new(400, "bad_binary_header", "The sizes of a binary request do not add up.", false),
        ErrorCode.BadTensor => new(400, "bad_tensor", "A tensor of the request is not one that the model reads.", false),
        ErrorCode.Unauthenticated => new(401, "unauthenticated", "The request needs a key.", false),
        ErrorCode.Forbidden => new(403, "forbidden", "The key does not open this address.", false),
        ErrorCode.UnknownModel => new(404, "unknown_model", "There is no model of this name.", false),
        ErrorCode.UnknownVersion => new(404, "unknown_version", "The model does not have this version.", false),
        ErrorCode.LoadFailed => new(400, "load_failed", "The model could not be loaded; what was served before still is.", false),
        ErrorCode.ReloadInProgress => new(409, "reload_in_progress", "The model is being loaded or unloaded.", true),
        ErrorCode.InsufficientMemory => new(409, "insufficient_memory", "There is no room for the model beside those that are loaded.", true),
        ErrorCode.LastModel => new(409, "last_model", "The model is the last one that is served.", false),
        ErrorCode.NotFound => new(404, "not_found", "There is nothing at this address.", false),
        ErrorCode.MethodNotAllowed => new(405, "method_not_allowed", "The address does not take this method.", false),
        ErrorCode.NotAcceptable => new(406, "not_acceptable", "The answer has no form that the Accept header allows.", false),
        ErrorCode.BodyTooSlow => new(408, "body_too_slow", "The request arrived too slowly.", true),
        ErrorCode.BodyTooLarge => new(413, "body_too_large", "The body is larger than the service reads.", false),
        ErrorCode.ImageTooLarge => new(413, "image_too_large", "An image has more bytes than the service reads.", false),
        ErrorCode.TooManyPixels => new(413, "too_many_pixels", "An image or a map has more pixels than the service handles.", false),
        ErrorCode.TooManyImages => new(413, "too_many_images", "The request has more images than the service takes.", false),
        ErrorCode.UriTooLong => new(414, "uri_too_long", "The request line is too long.", false),
        ErrorCode.HeadersTooLarge => new(431, "headers_too_large", "The request headers are too large.", false),
        ErrorCode.UnsupportedMediaType => new(415, "unsupported_media_type", "The service does not read bodies of this type.", false),
        ErrorCode.UnsupportedContentEncoding => new(415, "unsupported_content_encoding", "The service does not read bodies of this encoding.", false),
        ErrorCode.UnsupportedImageFormat => new(415, "unsupported_image_format", "The bytes are not an image of a known format.", false),
        ErrorCode.ImageUndecodable => new(422, "image_undecodable", "The image could not be decoded.", false),
        ErrorCode.ImageEmpty => new(422, "image_empty", "The image has no bytes.", false),
        ErrorCode.UrlRefused => new(422, "url_refused", "The service does not fetch the image from its address.", false),
        ErrorCode.UrlFailed => new(422, "url_failed", "The image could not be fetched from its address.", false),
        ErrorCode.ImagesFailed => new(422, "images_failed", "No image of the request could be used.", false),
        ErrorCode.QueueFull => new(429, "queue_full", "The queue is full.", true),
        ErrorCode.DeadlineUnreachable => new(429, "deadline_unreachable", "The request cannot be finished in time.", true),
        ErrorCode.MemoryBudget => new(429, "memory_budget", "The images of other requests fill the memory set aside for pixels.", true),
        ErrorCode.Internal => new(500, "internal", "The service failed.", false),
        ErrorCode.InferenceFailed => new(500, "inference_failed", "The model failed on this image.", false),
        ErrorCode.UnsupportedProtocolFeature => new(501, "unsupported_protocol_feature", "The request needs a part of the protocol that is not supported.", false),
        ErrorCode.Loading => new(503, "loading", "The model is being loaded.", true),
        ErrorCode.Warming => new(503, "warming", "The model is being warmed up.", true),
        ErrorCode.Draining => new(503, "draining", "The service is shutting down.", true),
        ErrorCode.ModelFailed => new(503, "model_failed", "The model could not be loaded.", false),
        ErrorCode.DeviceLost => new(503, "device_lost", "The device that runs the model does not answer any more.", true),
        ErrorCode.OutOfMemory => new(503, "out_of_memory", "There is not enough memory to run the model on this image now.", true),
        ErrorCode.DeadlineExceeded => new(504, "deadline_exceeded", "The request was not finished in time.", true),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not in the catalogue."),
    };

    /// <summary>The error whose page is asked for; null when there is none.</summary>
    public static ErrorKind? FindBySlug(string slug) => BySlug.GetValueOrDefault(slug);
}
