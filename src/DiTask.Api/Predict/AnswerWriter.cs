using System.Text.Json;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>Writes an answer in its form. Containers go out part by part: no second copy of the maps is made.</summary>
internal static class AnswerWriter
{
    public static Task WriteAsync(HttpResponse response, Prediction prediction, DateTimeOffset now, CancellationToken cancellation)
    {
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
                return JsonSerializer.SerializeAsync(response.BodyWriter, prediction.Answer, PredictJson.Default.PredictAnswer, cancellation);
        }
    }

    private static void Describe(HttpResponse response, string type, long length)
    {
        response.ContentType = type;
        response.ContentLength = length;
    }
}
