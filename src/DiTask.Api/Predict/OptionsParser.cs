using System.Globalization;
using DiTask.Api.Batching;
using DiTask.Api.Problems;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>Understands a request's options; lists everything that is wrong with them at once.</summary>
internal sealed class OptionsParser(IReadOnlyList<string> modelTasks, LimitsOptions limits)
{
    private const string TasksName = "tasks";

    private static readonly string[] Names = [.. OptionDescription.All.Select(option => option.Name)];

    private readonly List<(ErrorCode Code, string Pointer, string Detail)> problems = [];
    private readonly List<string> tasks = [];
    private bool tasksGiven;
    private PredictOptions parsed = new() { Tasks = [] };

    /// <exception cref="RequestErrorException">There is no image, or an option is unknown, wrong or given twice.</exception>
    public static PredictOptions Parse(PredictRequest request, IReadOnlyList<string> modelTasks, LimitsOptions limits) =>
        new OptionsParser(modelTasks, limits).Parse(request);

    private PredictOptions Parse(PredictRequest request)
    {
        problems.AddRange(request.Problems);
        if (request.Images.Count == 0 && problems.Count == 0)
        {
            problems.Add((ErrorCode.MissingImage, "/image", "Expected at least one part named 'image'; found none."));
        }

        if (request.HeaderProblem is { } header)
        {
            problems.Add(header);
        }

        HashSet<string> seen = [];
        foreach (OptionValue value in request.Options)
        {
            if (!Names.Contains(value.Name))
            {
                problems.Add((ErrorCode.UnknownField, value.Pointer, $"There is no field '{NearestName.Short(value.Name)}'.{NearestName.Hint(value.Name, [.. Names, "image", "options"])}"));
            }
            else if (value.Name != TasksName && !seen.Add(value.Name))
            {
                problems.Add((ErrorCode.BadOption, value.Pointer, $"Option '{value.Name}' is given more than once."));
            }
            else
            {
                Apply(value);
            }
        }

        if (tasksGiven && tasks.Count == 0 && problems.TrueForAll(problem => problem.Code != ErrorCode.UnknownTask))
        {
            problems.Add((ErrorCode.BadOption, "/" + TasksName, $"'tasks' is empty: expected some of {string.Join(", ", modelTasks)}; leave it out for all."));
        }

        return problems.Count == 0
            ? parsed with { Tasks = tasksGiven ? tasks : modelTasks }
            : throw new RequestErrorException(RequestError.FromAll(problems));
    }

    private void Apply(OptionValue value)
    {
        switch (value.Name)
        {
            case TasksName:
                AddTasks(value);
                break;
            case "size":
                parsed = parsed with { Size = Size(value) };
                break;
            case "maps":
                parsed = parsed with { Maps = parsed.Maps with { Format = Format(value) }, IsFormatGiven = true };
                break;
            case "depth_bits":
                parsed = parsed with { Maps = parsed.Maps with { ScalarBits = Bits(value) } };
                break;
            case "normals_bits":
                parsed = parsed with { Maps = parsed.Maps with { VectorBits = Bits(value) } };
                break;
            case "overlay":
                Overlay(value);
                break;
            case "scores":
                parsed = parsed with { Scores = Flag(value) };
                break;
            case "stats":
                parsed = parsed with { Stats = Flag(value) };
                break;
            case "priority":
                parsed = parsed with { Priority = Priority(value) };
                break;
            case "strict":
                parsed = parsed with { Strict = Flag(value) };
                break;
        }
    }

    private void AddTasks(OptionValue value)
    {
        tasksGiven = true;
        foreach (string task in value.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!modelTasks.Contains(task))
            {
                problems.Add((
                    ErrorCode.UnknownTask,
                    value.Pointer,
                    $"The model has no task '{NearestName.Short(task)}'; it has {string.Join(", ", modelTasks)}.{NearestName.Hint(task, modelTasks)}"));
            }
            else if (!tasks.Contains(task))
            {
                tasks.Add(task);
            }
        }
    }

    private MapSize Size(OptionValue value)
    {
        if (!MapSize.TryParse(value.Value, out MapSize size))
        {
            Bad(value, MapSize.Choices);
        }

        if ((long)size.Width * size.Height > limits.MaxMapPixels)
        {
            problems.Add((
                ErrorCode.TooManyPixels,
                value.Pointer,
                $"A map has at most {limits.MaxMapPixels} pixels, Limits:MaxMapPixels; found {size.Width}x{size.Height} = {(long)size.Width * size.Height}."));
        }

        return size;
    }

    private MapFormat Format(OptionValue value)
    {
        switch (value.Value)
        {
            case "png":
                return MapFormat.Png;
            case "npy":
                return MapFormat.Npy;
            case "f32":
                return MapFormat.F32;
            case "f16":
                return MapFormat.F16;
            case "none":
                return MapFormat.None;
            default:
                Bad(value, "png, npy, f32, f16 or none");
                return default;
        }
    }

    private int Bits(OptionValue value)
    {
        if (value.Value is not ("8" or "16"))
        {
            Bad(value, "8 or 16");
        }

        return value.Value == "8" ? 8 : 16;
    }

    private void Overlay(OptionValue value)
    {
        if (value.Value is "true" or "false")
        {
            parsed = parsed with { Overlay = value.Value == "true" };
        }
        else if (double.TryParse(value.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double alpha) && alpha is >= 0 and <= 1)
        {
            parsed = parsed with { Overlay = true, OverlayAlpha = alpha };
        }
        else
        {
            Bad(value, "true, false or a share of the colours from 0 to 1");
        }
    }

    private BatchPriority Priority(OptionValue value)
    {
        if (value.Value is not ("interactive" or "bulk"))
        {
            Bad(value, "interactive or bulk");
        }

        return value.Value == "bulk" ? BatchPriority.Bulk : BatchPriority.Interactive;
    }

    private bool Flag(OptionValue value)
    {
        if (value.Value is not ("true" or "false"))
        {
            Bad(value, "true or false");
        }

        return value.Value == "true";
    }

    private void Bad(OptionValue value, string expected) =>
        problems.Add((ErrorCode.BadOption, value.Pointer, $"Option '{value.Name}' is {expected}; found '{NearestName.Short(value.Value)}'."));
}
