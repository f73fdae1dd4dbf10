using System.Runtime.InteropServices;
using DiTask.Model.Artifacts;
using DiTask.Model.Files;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>Normalised images in a NumPy file to full-size logits, one NumPy file per task: what the authors' model returns.</summary>
internal static class TensorPredictor
{
    private const int MaxBatchSize = 8;
    private const int Axes = 4;

    /// <summary>Runs all images.</summary>
    /// <exception cref="PredictException">The images do not have the model's shape.</exception>
    /// <exception cref="InvalidDataException">The file is not float32 [N,3,S,S].</exception>
    public static void Run(MultiTaskSession session, IReadOnlyList<TaskSpec> tasks, string path, string folder, TextWriter output, CancellationToken cancellation)
    {
        using NpyReader reader = NpyReader.Open(path, Axes);
        int size = session.Manifest.Input.Size;
        if (reader.Shape[1] != 3 || reader.Shape[2] != size || reader.Shape[3] != size)
        {
            throw new PredictException($"'{path}': expected [N,3,{size},{size}]; found [{string.Join(',', reader.Shape)}].");
        }

        LogitsFile[] files = [];
        try
        {
            Directory.CreateDirectory(folder);
            files = [.. tasks.Select(task => new LogitsFile(folder, task, reader.Shape[0], size))];
            float[] images = new float[MaxBatchSize * reader.ItemLength];
            for (int count = reader.Read(images); count > 0; count = reader.Read(images))
            {
                IReadOnlyDictionary<string, TaskLogits> logits =
                    session.RunAll(images.AsMemory(0, count * reader.ItemLength), count, tasks, cancellation);
                foreach (LogitsFile file in files)
                {
                    file.Append(logits[file.Task]);
                }
            }

            foreach (LogitsFile file in files)
            {
                file.Complete();
                output.WriteLine($"{file.Path} [{string.Join(',', file.Shape)}]");
            }
        }
        finally
        {
            foreach (LogitsFile file in files)
            {
                file.Dispose();
            }
        }
    }

    private sealed class LogitsFile : IDisposable
    {
        private readonly AtomicFile file;
        private readonly LogitsResizer resizer;
        private readonly float[] item;

        public LogitsFile(string folder, TaskSpec task, int images, int size)
        {
            Task = task.Info.Name;
            Path = System.IO.Path.Combine(folder, $"{Task}.npy");
            Shape = [images, task.Info.Channels, size, size];
            resizer = new LogitsResizer(task.LogitsHeight, task.LogitsWidth, size, size);
            item = new float[task.Info.Channels * size * size];
            file = new AtomicFile(Path);
            NpyFile.WriteHeader(file.Stream, NpyFile.SingleDescr, Shape);
        }

        public string Task { get; }

        public string Path { get; }

        public int[] Shape { get; }

        public void Append(TaskLogits logits)
        {
            for (int entry = 0; entry < logits.Rows.Count; entry++)
            {
                resizer.Resize(logits.Entry(entry), item);
                file.Stream.Write(MemoryMarshal.AsBytes(item.AsSpan()));
            }
        }

        public void Complete() => file.Complete();

        public void Dispose() => file.Dispose();
    }
}
