using System.Text.Json.Nodes;

namespace DiTask.Api.OpenApi;

/// <summary>A request and the answers to it, as texts that are shortened nowhere but in their base64.</summary>
internal static class PredictExamples
{
    public const string Bodies = """
        Images as `multipart/form-data` or as base64 in JSON, with the options beside them, or one image as the body with the options in the query.

            curl http://localhost:8080/predict -F image=@street.jpg -F image=@room.png -F tasks=semseg,depth
            curl 'http://localhost:8080/predict?tasks=depth&size=source' -H 'Content-Type: image/jpeg' -H 'Accept: image/png' --data-binary @room.jpg -o depth.png

        The body may be compressed with `Content-Encoding: gzip` or `deflate`.
        """;

    /// <summary>A request in JSON. Its picture has one pixel, so that it can be sent as it is.</summary>
    public static JsonNode Request() => JsonNode.Parse("""
        {
          "images": [
            {
              "id": "street",
              "data": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOo6JgBAAMUAZk+ulV0AAAAAElFTkSuQmCC"
            }
          ],
          "tasks": ["semseg", "depth"],
          "options": { "size": "model", "maps": "png", "overlay": "false" }
        }
        """)!;

    /// <summary>The manifest: two images, the second of them broken.</summary>
    public static JsonNode Manifest() => JsonNode.Parse("""
        {
          "schema": 1,
          "id": "01a203c5a094774dae85cc8d408cd274",
          "model": { "name": "ditask-synth", "version": "1", "digest": "sha256:a3c3", "provider": "cpu", "notice": "Trained on generated scenes, not on photos: models/README.md." },
          "images": [
            {
              "id": "street.jpg",
              "source": { "width": 4032, "height": 3024, "mediaType": "image/jpeg", "orientation": 6 },
              "maps": {
                "semseg": {
                  "kind": "labels", "dtype": "uint8", "width": 448, "height": 448, "mediaType": "image/png", "data": "iVBORw0KGgo=",
                  "classes": [ { "value": 0, "name": "background", "color": "#000000", "fraction": 0.613 } ]
                },
                "depth": {
                  "kind": "scalar", "dtype": "uint16", "width": 448, "height": 448, "mediaType": "image/png", "data": "iVBORw0KGgo=",
                  "scale": 0.000116, "offset": 0.41, "unit": "m", "min": 0.41, "mean": 3.2, "max": 8.01
                }
              }
            },
            {
              "id": "broken.png",
              "error": {
                "type": "/problems/image-undecodable", "title": "The image could not be decoded.", "status": 422, "code": "image_undecodable",
                "detail": "Expected PNG chunks up to the end chunk; found the file of 1832 bytes to end in the chunk at byte 41."
              }
            }
          ],
          "timing": { "decodeMs": 8.1, "preprocessMs": 1.2, "queueMs": 3.4, "inferMs": 41, "encodeMs": 6.3, "totalMs": 62.5 },
          "batch": { "images": 4, "requests": 3, "padded": 0 },
          "cost": { "trunkMs": 23.5, "tasks": { "semseg": 6.1, "depth": 5.8 }, "separateModelsMs": 58.9 }
        }
        """)!;

    /// <summary>The beginning of an answer in parts.</summary>
    public static JsonNode Multipart() => JsonValue.Create(
        "--BOUNDARY\r\nContent-Type: application/json\r\nContent-ID: <manifest@ditask>\r\n\r\n{\"schema\":1, ...}\r\n"
        + "--BOUNDARY\r\nContent-Type: image/png\r\nContent-ID: <0.depth@ditask>\r\n\r\n...\r\n--BOUNDARY--\r\n");
}
