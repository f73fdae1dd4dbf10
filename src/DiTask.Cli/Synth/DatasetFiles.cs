using DiTask.Model.Data;
using DiTask.Model.Data.Folders;

namespace DiTask.Cli.Synth;

/// <summary>Writes splits that are drawn on demand as a plain data set, several pictures at a time.</summary>
internal static class DatasetFiles
{
    public static void Write(PlainDatasetWriter writer, IReadOnlyList<IDataset> splits, int threads, Action<int, int> progress, CancellationToken cancellation)
    {
        (IDataset Split, int Index)[] all = [.. splits.SelectMany(split => Enumerable.Range(0, split.Count).Select(index => (split, index)))];
        int done = 0;
        Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, item =>
        {
            using Sample sample = item.Split.Load(item.Index);
            writer.Write(sample.Id, sample.Image, sample.Labels);
            progress(Interlocked.Increment(ref done), all.Length);
        });
        writer.Finish(splits.Where(split => split.Count > 0).ToDictionary(
            split => split.Name.Split(' ')[1],
            IReadOnlyList<string> (split) => [.. Enumerable.Range(0, split.Count).Select(split.Id)]));
    }
}
