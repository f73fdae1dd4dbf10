using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>Reads a JSON body: images as base64, the list of tasks, the options. Lists everything that is wrong with it.</summary>
internal sealed class JsonUpload(LimitsOptions limits, PredictRequest result, bool canFetch)
{
    /// <summary>Name of the option that limits the levels of JSON.</summary>
    public const string MaxDepthName = $"{LimitsOptions.Section}:{nameof(LimitsOptions.MaxJsonDepth)}";
    private const int MaxIdLength = 256;

    private static readonly string[] Members = ["images", "tasks", "options"];
    private static readonly string[] ImageMembers = ["id", "data", "url"];

    /// <exception cref="RequestErrorException">Not JSON, or too many images.</exception>
    public async Task ReadAsync(Stream body, CancellationToken cancellation)
    {
        using RentedBytes bytes = await RentedBytes.ReadAsync(body, Array.MaxLength, cancellation).ConfigureAwait(false);
        StrictJson.Read("the body", bytes.Memory, limits.MaxJsonDepth, ReadRoot, MaxDepthName);
    }

    private void ReadRoot(JsonElement root)
    {
        bool hasImages = false;
        foreach (JsonProperty member in root.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            switch (member.Name)
            {
                case "images":
                    hasImages = true;
                    ReadImages(member.Value);
                    break;
                case "tasks":
                    ReadTasks(member.Value);
                    break;
                case "options" when member.Value.ValueKind == JsonValueKind.Object:
                    OptionsJson.Add(member.Value, result.Options);
                    break;
                case "options":
                    Add(ErrorCode.BadOption, "/options", $"Expected 'options' to be an object; found {StrictJson.KindOf(member.Value)}.");
                    break;
                default:
                    AddUnknown(member.Name);
                    break;
            }
        }

        if (!hasImages)
        {
            Add(ErrorCode.MissingImage, "/images", "Expected a list 'images' with at least one image; found none.");
        }
    }

    private void ReadImages(JsonElement images)
    {
        if (images.ValueKind != JsonValueKind.Array)
        {
            Add(ErrorCode.BadOption, "/images", $"Expected 'images' to be a list; found {StrictJson.KindOf(images)}.");
            return;
        }

        int count = images.GetArrayLength();
        if (count == 0)
        {
            Add(ErrorCode.MissingImage, "/images", "Expected a list 'images' with at least one image; found an empty one.");
        }
        else if (count > limits.MaxImages)
        {
            throw LimitErrors.TooManyImages(limits, $"{count}");
        }

        int index = 0;
        foreach (JsonElement image in images.EnumerateArray())
        {
            ReadImage(image, index++);
        }
    }

    private void ReadImage(JsonElement image, int index)
    {
        string pointer = $"/images/{index}";
        if (image.ValueKind != JsonValueKind.Object)
        {
            Add(ErrorCode.BadOption, pointer, $"Expected an image to be an object with 'data'; found {StrictJson.KindOf(image)}.");
            return;
        }

        string? id = null;
        JsonElement? data = null;
        JsonElement? url = null;
        foreach (JsonProperty member in image.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            bool isText = member.Value.ValueKind == JsonValueKind.String;
            if (!ImageMembers.Contains(member.Name))
            {
                Add(ErrorCode.UnknownField, $"{pointer}/{NearestName.Short(member.Name)}", $"An image has no member '{NearestName.Short(member.Name)}'.{NearestName.Hint(member.Name, ImageMembers)}");
            }
            else if (!isText)
            {
                Add(ErrorCode.BadOption, $"{pointer}/{member.Name}", $"Expected '{member.Name}' to be a string; found {StrictJson.KindOf(member.Value)}.");
            }

            switch (member.Name)
            {
                case "id" when isText:
                    id = ReadId(member.Value.GetString()!, pointer);
                    break;
                case "data":
                    data = member.Value;
                    break;
                case "url":
                    url = member.Value;
                    break;
            }
        }

        if (data is null == url is null)
        {
            Add(ErrorCode.BadOption, pointer, $"Expected exactly one of 'data' and 'url'; found {(data is null ? "none" : "both")}.");
        }
        else if (url is { ValueKind: JsonValueKind.String } address)
        {
            ReadAddress(address.GetString()!, id, index, pointer);
        }
        else if (data is { ValueKind: JsonValueKind.String } text)
        {
            ReadData(text, id, index, pointer);
        }
    }

    private string? ReadId(string id, string pointer)
    {
        if (id.Length > MaxIdLength)
        {
            Add(ErrorCode.BadOption, pointer + "/id", $"An id has at most {MaxIdLength} characters; found {id.Length}.");
        }

        return id;
    }

    private void ReadAddress(string address, string? id, int index, string pointer)
    {
        if (canFetch)
        {
            result.Images.Add(UploadedImage.At(address, result.NewId(id, index)));
            return;
        }

        Add(ErrorCode.UrlRefused, pointer + "/url", "This service does not fetch images from addresses, ImageUrls:Enabled: send their bytes in 'data'.");
    }

    private void ReadData(JsonElement text, string? id, int index, string pointer)
    {
        // Base64 is taken where it lies; only a text with escapes ("\/") is copied.
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        ReadOnlySpan<byte> base64 = raw.Contains((byte)'\\') ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!) : raw;
        if (Base64Image.Read(base64, limits, out RentedBytes? bytes, out RequestError? error) is { } problem)
        {
            Add(ErrorCode.MalformedBase64, pointer + "/data", problem);
            return;
        }

        result.Images.Add(new UploadedImage(result.NewId(id, index), bytes!, error));
    }

    private void ReadTasks(JsonElement tasks)
    {
        if (tasks.ValueKind != JsonValueKind.Array || tasks.EnumerateArray().Any(task => task.ValueKind != JsonValueKind.String))
        {
            Add(ErrorCode.BadOption, "/tasks", "Expected 'tasks' to be a list of names; leave it out for all tasks.");
            return;
        }

        result.Options.Add(new OptionValue("tasks", string.Join(',', tasks.EnumerateArray().Select(task => task.GetString())), "/tasks"));
    }

    private void AddUnknown(string name)
    {
        string hint = OptionDescription.All.Any(option => option.Name == name) ? $" '{name}' is a member of 'options'." : NearestName.Hint(name, Members);
        Add(ErrorCode.UnknownField, "/" + NearestName.Short(name), $"There is no member '{NearestName.Short(name)}'; a request has {string.Join(", ", Members)}.{hint}");
    }

    private void Add(ErrorCode code, string pointer, string detail) => result.Problems.Add((code, pointer, detail));
}
