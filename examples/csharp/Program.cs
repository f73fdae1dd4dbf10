using DiTask.Client;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Usage: DiTask.Example PHOTO [URL]");
    return 2;
}

using DiTaskClient client = new(new Uri(args.Length == 2 ? args[1] : "http://localhost:8080"));
using CancellationTokenSource interrupted = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

try
{
    await using FileStream photo = File.OpenRead(args[0]);
    Prediction prediction = await client.PredictAsync(
        [ImageSource.FromStream(photo, Path.GetFileName(args[0]))],
        options: new PredictOptions { Size = "source", Timeout = TimeSpan.FromSeconds(20) },
        cancellation: interrupted.Token);

    Console.WriteLine($"{prediction.Model.Name} version {prediction.Model.Version} on {prediction.Model.Provider}: {prediction.Timing.TotalMs:0} ms");
    foreach ((string task, TaskMap map) in prediction.Images[0].Maps)
    {
        Console.WriteLine($"{task,-12} {map.Width}x{map.Height} {Summary(map)}");
    }

    photo.Position = 0;
    TaskMap depth = await client.PredictPngAsync(ImageSource.FromStream(photo), "depth", cancellation: interrupted.Token);
    await File.WriteAllBytesAsync("depth.png", depth.Data, interrupted.Token);
    Console.WriteLine($"depth.png    value = {depth.Offset:0.000} + {depth.Scale:0.00000000} * sample, in {depth.Unit}");
    return 0;
}
catch (DiTaskException error)
{
    Console.Error.WriteLine($"{error.Message} (request {error.RequestId})");
    foreach (FieldProblem problem in error.Errors)
    {
        Console.Error.WriteLine($"  {problem.Place}: {problem.Detail}");
    }

    return 1;
}
catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static string Summary(TaskMap map)
{
    if (map.Kind == MapKind.Labels)
    {
        byte[] labels = map.ReadLabels();
        return string.Join(", ", labels.GroupBy(label => label).OrderByDescending(group => group.Count()).Take(3)
            .Select(group => $"{map.Classes[group.Key].Name} {(double)group.Count() / labels.Length:P0}"));
    }

    float[] values = map.ReadValues();
    return $"{values.Min():0.000} to {values.Max():0.000} {map.Unit ?? map.Frame}";
}
