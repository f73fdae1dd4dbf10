using System.Text.Json;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>JSON and binary tensors to a request that the model can run.</summary>
internal sealed class InferRequestParser(ProtocolModel model, ProtocolLimits limits)
{
    /// <summary>Parameters that would change what the answer means, and that are not there.</summary>
    private static readonly string[] UnsupportedParameters =
        ["sequence_id", "sequence_start", "sequence_end", "shared_memory_region", "shared_memory_byte_size", "shared_memory_offset", "classification"];

    /// <summary>Reads a request.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="id">The caller's name for it, known even when the rest is refused; null when there is none.</param>
    /// <exception cref="RequestErrorException">It is refused.</exception>
    public InferRequest Parse(InferBody body, out string? id)
    {
        id = null;
        InputParser input = new(model, limits);
        if (body.IsRaw)
        {
            return input.ParseRaw(body.Binary) with { Outputs = [.. model.Outputs.Select(output => new RequestedOutput(output, IsBinary: true))] };
        }

        string? given = null;
        InferRequest? request = null;
        try
        {
            StrictJson.Read("a request", body.Json, limits.Limits.MaxJsonDepth, root =>
            {
                given = Id(root);
                JsonElement? parameters = Parameters(root, "The request");
                bool isBinary = Flag(parameters, "binary_data_output", "The request") ?? false;
                request = input.Parse(root, body.Binary) with { Outputs = Outputs(root, isBinary), Timeout = Timeout(parameters) };
            }, JsonUpload.MaxDepthName);
            return request!;
        }
        finally
        {
            id = given;
        }
    }

    /// <summary>The member <c>parameters</c> of <paramref name="owner"/>; null when there is none.</summary>
    internal static JsonElement? Parameters(JsonElement owner, string what)
    {
        if (!owner.TryGetProperty("parameters", out JsonElement parameters))
        {
            return null;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(ErrorCode.BadOption, $"{what}: 'parameters' is an object; found {parameters.ValueKind}.");
        }

        foreach (string unsupported in UnsupportedParameters)
        {
            if (parameters.TryGetProperty(unsupported, out _))
            {
                throw Refuse(ErrorCode.UnsupportedProtocolFeature, $"{what}: parameter '{unsupported}' is not supported.");
            }
        }

        return parameters;
    }

    /// <summary>A member that must be a string.</summary>
    internal static string Text(JsonElement owner, string member, string what) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Refuse(ErrorCode.BadTensor, $"{what} is an object with a string '{member}'.");

    internal static RequestErrorException Refuse(ErrorCode code, string detail) => new(new RequestError(code, detail));

    private static string? Id(JsonElement root)
    {
        if (!root.TryGetProperty("id", out JsonElement name))
        {
            return null;
        }

        string given = name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw Refuse(ErrorCode.MalformedJson, $"'id' is a string; found {name.ValueKind}.");
        return given.Length > 0 ? given : null;
    }

    private static bool? Flag(JsonElement? parameters, string name, string what) =>
        parameters is not { } given || !given.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Refuse(ErrorCode.BadOption, $"{what}: parameter '{name}' is true or false; found {value.ValueKind}.");

    private TimeSpan? Timeout(JsonElement? parameters)
    {
        if (parameters is not { } given || !given.TryGetProperty("timeout", out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetUInt64(out ulong microseconds))
        {
            throw Refuse(ErrorCode.BadTimeout, $"Parameter 'timeout' is a whole number of microseconds; found {NearestName.Short(value.GetRawText())}.");
        }

        // Zero is the protocol's way to say nothing.
        return microseconds == 0 ? null
            : microseconds < limits.Limits.MaxDeadline.TotalMicroseconds ? TimeSpan.FromMicroseconds(microseconds)
            : limits.Limits.MaxDeadline;
    }

    private List<RequestedOutput> Outputs(JsonElement root, bool isBinary)
    {
        if (!root.TryGetProperty("outputs", out JsonElement outputs) || (outputs.ValueKind == JsonValueKind.Array && outputs.GetArrayLength() == 0))
        {
            return [.. model.Outputs.Select(output => new RequestedOutput(output, isBinary))];
        }

        if (outputs.ValueKind != JsonValueKind.Array)
        {
            throw Refuse(ErrorCode.BadTensor, $"'outputs' is an array; found {outputs.ValueKind}.");
        }

        List<RequestedOutput> result = [];
        foreach (JsonElement output in outputs.EnumerateArray())
        {
            string name = Text(output, "name", "An output");
            TensorInfo info = model.Outputs.FirstOrDefault(known => known.Name == name)
                ?? throw Refuse(ErrorCode.UnknownTask, $"Outputs of '{model.Name}' are {string.Join(", ", model.Outputs.Select(known => known.Name))}; found '{NearestName.Short(name)}'.");
            if (result.Exists(other => other.Info == info))
            {
                throw Refuse(ErrorCode.BadTensor, $"Output '{info.Name}' is asked for twice.");
            }

            result.Add(new RequestedOutput(info, Flag(Parameters(output, $"Output '{name}'"), "binary_data", $"Output '{name}'") ?? isBinary));
        }

        return result;
    }
}
