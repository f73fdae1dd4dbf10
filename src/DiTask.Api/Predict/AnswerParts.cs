using System.Text.Json;
using DiTask.Api.Predict.Contract;

namespace DiTask.Api.Predict;

/// <summary>Takes the bytes of the maps out of an answer, so that they stand beside the manifest and not in it.</summary>
internal sealed class AnswerParts
{
    /// <summary>Path of the manifest in an archive.</summary>
    public const string ManifestPath = "manifest.json";

    /// <summary>Content-ID of the manifest in a multipart body.</summary>
    public const string ManifestId = "manifest@ditask";

    private readonly AnswerForm form;
    private readonly List<AnswerPart> parts = [];
    private readonly FolderNames folders = new(ManifestPath);

    private AnswerParts(AnswerForm form) => this.form = form;

    /// <summary>The manifest, then every map, score and overlay in the manifest's order.</summary>
    /// <param name="answer">An answer with its bytes.</param>
    /// <param name="form"><see cref="AnswerForm.Zip"/> names parts by path (<c>href</c>), <see cref="AnswerForm.Multipart"/> by Content-ID (<c>cid</c>).</param>
    public static IReadOnlyList<AnswerPart> Of(PredictAnswer answer, AnswerForm form)
    {
        AnswerParts split = new(form);
        PredictAnswer manifest = answer with { Images = [.. answer.Images.Select(split.Take)] };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest, PredictJson.Default.PredictAnswer);
        return [new AnswerPart(form == AnswerForm.Zip ? ManifestPath : ManifestId, AnswerForms.Json, json), .. split.parts];
    }

    private ImageAnswer Take(ImageAnswer image, int index)
    {
        string prefix = form == AnswerForm.Zip ? folders.Add(image.Id) + "/" : $"{index}.";
        return image with { Maps = image.Maps?.ToDictionary(pair => pair.Key, pair => Take(pair.Value, prefix + pair.Key)) };
    }

    private MapAnswer Take(MapAnswer map, string name)
    {
        (string? href, string? cid) = map is { Data: { } data, MediaType: { } type } ? Add(name, Extension(map), type, data) : default;
        return map with
        {
            Data = null,
            Href = href,
            Cid = cid,
            Scores = map.Scores is { } scores ? Take(scores, name + ".scores") : null,
            Overlay = map.Overlay is { } overlay ? Take(overlay, name + ".overlay") : null,
        };
    }

    private PictureAnswer Take(PictureAnswer picture, string name)
    {
        (string? href, string? cid) = picture.Data is { } data ? Add(name, "png", picture.MediaType, data) : default;
        return picture with { Data = null, Href = href, Cid = cid };
    }

    private (string? Href, string? Cid) Add(string name, string extension, string mediaType, ReadOnlyMemory<byte> bytes)
    {
        string full = form == AnswerForm.Zip ? $"{name}.{extension}" : $"{name}@ditask";
        parts.Add(new AnswerPart(full, mediaType, bytes));
        return form == AnswerForm.Zip ? (full, null) : (null, full);
    }

    private static string Extension(MapAnswer map) => (map.MediaType, map.Dtype) switch
    {
        (AnswerForms.Png, _) => "png",
        (AnswerForms.Npy, _) => "npy",
        (_, "float32") => "f32",
        (_, "float16") => "f16",
        _ => "u8",
    };
}
