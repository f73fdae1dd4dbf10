using System.Globalization;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>Photos to maps, pictures and contact sheets, a batch at a time.</summary>
internal sealed class PhotoPredictor
{
    private const int MaxBatchSize = 8;

    // Photos of a batch are in memory together: 64 million pixels are 192 MB.
    private const long MaxBatchPixels = 64_000_000;

    private readonly MultiTaskSession session;
    private readonly IReadOnlyList<TaskSpec> tasks;
    private readonly PredictOptions options;
    private readonly Preprocessing preprocessing;
    private readonly PhotoWriter writer;
    private readonly float[] slots;

    public PhotoPredictor(MultiTaskSession session, IReadOnlyList<TaskSpec> tasks, PredictOptions options)
    {
        this.session = session;
        this.tasks = tasks;
        this.options = options;
        InputSpec input = session.Manifest.Input;
        preprocessing = new Preprocessing(input.Size, input.Mean, input.Std);
        writer = new PhotoWriter(options, input.Size, session.Manifest.Notice);
        slots = new float[MaxBatchSize * preprocessing.SlotLength];
    }

    /// <summary>Predicts all photos; those that fail are reported and left out.</summary>
    /// <returns>Number of photos that failed.</returns>
    public int Run(IReadOnlyList<ImageFile> files, PredictProgress progress, CancellationToken cancellation)
    {
        List<PhotoEntry> entries = [];
        int failed = 0;
        try
        {
            for (int next = 0; next < files.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                List<Photo> batch = [];
                try
                {
                    next = Gather(files, next, batch);
                    RunBatch(batch, cancellation);
                    foreach (Photo photo in batch)
                    {
                        failed += photo.Error is null ? 0 : 1;
                        entries.Add(Report(photo, progress));
                    }
                }
                finally
                {
                    batch.ForEach(photo => photo.Dispose());
                }
            }
        }
        finally
        {
            // A run that was stopped still says what the maps written so far mean.
            new MapIndex(session.Manifest.Name, session.Manifest.Version, session.Manifest.Notice, entries).Write(options.Output);
        }

        return failed;
    }

    private PhotoEntry Report(Photo photo, PredictProgress progress)
    {
        if (photo.Error is not null)
        {
            progress.Failed($"{photo.File.Path}: {photo.Error}");
            return new PhotoEntry(photo.File.Path, null, null, null, photo.Error);
        }

        progress.Done(string.Create(
            CultureInfo.InvariantCulture,
            $"{photo.File.Path} {photo.Image!.Width}x{photo.Image.Height} -> {Path.Combine(options.Output, PhotoWriter.SheetName(photo))}, {string.Join(", ", photo.Maps.Keys)}"));
        return new PhotoEntry(photo.File.Path, photo.Image.Width, photo.Image.Height, photo.Maps, null);
    }

    // Headers tell how much memory a photo will take before any is decoded.
    private static int Gather(IReadOnlyList<ImageFile> files, int next, List<Photo> batch)
    {
        long pixels = 0;
        while (next < files.Count && batch.Count < MaxBatchSize)
        {
            Photo photo = new(files[next]);
            Attempt(photo, () =>
            {
                photo.Bytes = File.ReadAllBytes(photo.File.Path);
                photo.PixelCount = ImageDecoder.Identify(photo.Bytes).PixelCount;
            });
            if (batch.Count > 0 && pixels + photo.PixelCount > MaxBatchPixels)
            {
                break;
            }

            pixels += photo.PixelCount;
            batch.Add(photo);
            next++;
        }

        return next;
    }

    private void RunBatch(List<Photo> batch, CancellationToken cancellation)
    {
        ParallelOptions parallel = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(batch, parallel, photo => Attempt(photo, () => Decode(photo)));
        List<Photo> decoded = batch.FindAll(photo => photo.Image is not null);
        if (decoded.Count == 0)
        {
            return;
        }

        Parallel.For(0, decoded.Count, parallel, row =>
            preprocessing.Fill(decoded[row].Image!, slots.AsSpan(row * preprocessing.SlotLength, preprocessing.SlotLength)));
        IReadOnlyDictionary<string, TaskLogits> logits =
            session.RunAll(slots.AsMemory(0, decoded.Count * preprocessing.SlotLength), decoded.Count, tasks, cancellation);
        Parallel.For(0, decoded.Count, parallel, row =>
        {
            PhotoMap[] maps = [.. tasks.Select(task => new PhotoMap(task.Info, logits[task.Info.Name], row))];
            Attempt(decoded[row], () => writer.Write(decoded[row], maps));
        });
    }

    private static void Decode(Photo photo)
    {
        if (photo.Error is null)
        {
            photo.Image = ImageDecoder.Decode(photo.Bytes, new DecodeLimits());
            photo.Bytes = [];
        }
    }

    // What one photo's bytes or files can do wrong must not stop the others.
    private static void Attempt(Photo photo, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is ImageRejectedException or IOException or UnauthorizedAccessException)
        {
            photo.Error = exception.Message;
        }
    }
}
