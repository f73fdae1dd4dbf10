using System.IO.Compression;
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
                MultipartMixed multipart = new(AnswerParts.Of(prediction.Answer, AnswerForm.Multipart));
                Describe(response, multipart.ContentType, multipart.Length);
                return multipart.WriteAsync(response.Body, cancellation);
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
                return GzipAnswer.Begin(context)
                    ? WriteGzipAsync(response.Body, prediction.Answer, cancellation)
                    : JsonSerializer.SerializeAsync(response.BodyWriter, prediction.Answer, PredictJson.Default.PredictAnswer, cancellation);
        }
    }

    private static async Task WriteGzipAsync(Stream body, PredictAnswer answer, CancellationToken cancellation)
    {
        await using GZipStream gzip = GzipAnswer.Open(body);
        await JsonSerializer.SerializeAsync(gzip, answer, PredictJson.Default.PredictAnswer, cancellation).ConfigureAwait(false);
    }

    private static void Describe(HttpResponse response, string type, long length)
    {
        response.ContentType = type;
        response.ContentLength = length;
    }
}
