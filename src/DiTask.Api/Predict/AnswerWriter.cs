using System.Text.Json;
using DiTask.Api.Predict.Contract;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>Writes an answer in its form. Containers go out part by part: no second copy of the maps is made.</summary>
internal static class AnswerWriter
{
    public static Task WriteAsync(HttpContext context, Prediction prediction, DateTimeOffset now)
    {
        HttpResponse response = context.Response;
        CancellationToken cancellation = context.RequestAborted;
        switch (prediction.Form)
        {
            case AnswerForm.Zip:
                StoredZip zip = new(AnswerParts.Of(prediction.Answer, AnswerForm.Zip), now);
                Describe(response, AnswerForms.Zip, zip.Length);
                response.Headers.ContentDisposition = "attachment; filename=\"maps.zip\"";
                return zip.WriteAsync(response.Body, cancellation);
            case AnswerForm.Multipart:
                return WriteMultipartAsync(response, AnswerParts.Of(prediction.Answer, AnswerForm.Multipart), cancellation);
            case AnswerForm.Png:
                EncodedMap map = prediction.BareMaps[0];
                Describe(response, AnswerForms.Png, map.Bytes.Length);
                response.Headers[MapEncoder.TextKey] = map.Encoding.ToString();
                return response.Body.WriteAsync(map.Bytes, cancellation).AsTask();
            case AnswerForm.Npy:
                StackedArray array = new(prediction.BareMaps);
                Describe(response, AnswerForms.Npy, array.Length);
                response.Headers[MapEncoder.TextKey] = prediction.BareMaps[0].Encoding.ToString();
                return array.WriteAsync(response.Body, cancellation);
            default:
                response.ContentType = AnswerForms.Json;
                return JsonSerializer.SerializeAsync(response.BodyWriter, prediction.Answer, PredictJson.Default.PredictAnswer, cancellation);
        }
    }

    /// <summary>Writes parts one behind the other (RFC 2046, 5.1), each with its type, length and identifier.</summary>
    private static async Task WriteMultipartAsync(HttpResponse response, IReadOnlyList<AnswerPart> parts, CancellationToken cancellation)
    {
        // 122 random bits: no map has them.
        string boundary = Guid.NewGuid().ToString("N");
        using MultipartContent body = new("mixed", boundary);
        foreach (AnswerPart part in parts)
        {
            ReadOnlyMemoryContent content = new(part.Bytes);
            content.Headers.ContentType = new(part.MediaType);
            content.Headers.ContentLength = part.Bytes.Length;
            content.Headers.Add("Content-ID", $"<{part.Name}>");
            body.Add(content);
        }

        // Not the content's own type, which has the boundary in quotes: not every reader takes them away.
        Describe(response, $"{AnswerForms.Multipart}; boundary={boundary}", body.Headers.ContentLength!.Value);
        await body.CopyToAsync(response.Body, cancellation).ConfigureAwait(false);
    }

    private static void Describe(HttpResponse response, string type, long length)
    {
        response.ContentType = type;
        response.ContentLength = length;
    }
}
