using System.Buffers;
using DiTask.Api.Metrics;
using DiTask.Model.Inference;

namespace DiTask.Api.Models;

/// <summary>Runs a batch of slots: side by side into one buffer, the trunk for all, each branch for the rows that asked.</summary>
internal sealed class ModelRunner(ModelHost host, PipelineMetrics metrics, TimeProvider time)
{
    public IReadOnlyList<ModelOutput> Run(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation)
    {
        ServedModel model = host.Current ?? throw new InvalidOperationException("No model is loaded.");
        long start = time.GetTimestamp();
        RunResult result = RunResult.Failed;
        try
        {
            IReadOnlyList<ModelOutput> outputs = Run(model, inputs, cancellation);
            result = RunResult.Ok;
            return outputs;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            result = RunResult.Cancelled;
            throw;
        }
        finally
        {
            metrics.RunEnded(
                model.Manifest.Name, model.Provider, inputs.Count, inputs.SelectMany(input => input.Tasks), result, time.GetElapsedTime(start));
        }
    }

    /// <summary>Runs <paramref name="inputs"/> on <paramref name="model"/>.</summary>
    internal static IReadOnlyList<ModelOutput> Run(ServedModel model, IReadOnlyList<ModelInput> inputs, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, IReadOnlyList<int>> rows = RowsByTask(inputs);
        if (inputs.Count == 1)
        {
            return Slice(model.Run(inputs[0].Slot, 1, rows, cancellation), 1);
        }

        int length = model.SlotLength;
        float[] batch = ArrayPool<float>.Shared.Rent(inputs.Count * length);
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                inputs[i].Slot.CopyTo(batch.AsMemory(i * length));
            }

            return Slice(model.Run(batch.AsMemory(0, inputs.Count * length), inputs.Count, rows, cancellation), inputs.Count);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(batch);
        }
    }

    private static Dictionary<string, IReadOnlyList<int>> RowsByTask(IReadOnlyList<ModelInput> inputs)
    {
        Dictionary<string, IReadOnlyList<int>> rows = [];
        foreach (string task in inputs.SelectMany(input => input.Tasks).Distinct())
        {
            rows[task] = [.. Enumerable.Range(0, inputs.Count).Where(row => inputs[row].Tasks.Contains(task))];
        }

        return rows;
    }

    private static ModelOutput[] Slice(IReadOnlyDictionary<string, TaskLogits> logits, int count)
    {
        var perRow = new Dictionary<string, (TaskLogits Logits, int Entry)>[count];
        for (int row = 0; row < count; row++)
        {
            perRow[row] = [];
        }

        foreach ((string task, TaskLogits values) in logits)
        {
            for (int entry = 0; entry < values.Rows.Count; entry++)
            {
                perRow[values.Rows[entry]][task] = (values, entry);
            }
        }

        return Array.ConvertAll(perRow, tasks => new ModelOutput(tasks, logits));
    }
}
