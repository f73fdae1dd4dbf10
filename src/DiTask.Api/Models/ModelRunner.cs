using System.Buffers;
using System.Diagnostics;
using DiTask.Api.Batching;
using DiTask.Api.Metrics;
using DiTask.Api.Tracing;
using DiTask.Model.Inference;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>Runs a batch of slots: side by side into one buffer, the trunk for all, each branch for the rows that asked.</summary>
internal sealed class ModelRunner(ServedModel model, PipelineMetrics metrics, IOptions<BatchingOptions> batching, TimeProvider time)
{
    /// <summary>Every graph then has the same size in every run, so that an image's result cannot depend on its neighbours.</summary>
    private readonly bool isFixedSize = batching.Value.Padding == BatchPadding.Always;

    public IReadOnlyList<ModelOutput> Run(IReadOnlyList<ModelInput> inputs, int size, CancellationToken cancellation)
    {
        using Activity? trace = BatchTrace.Start(inputs);
        long start = time.GetTimestamp();
        RunResult result = RunResult.Failed;
        RunTimings timings = new();
        try
        {
            IReadOnlyList<ModelOutput> outputs = Run(model, inputs, size, timings, cancellation);
            result = RunResult.Ok;
            return outputs;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            result = RunResult.Cancelled;
            throw;
        }
        catch (Exception exception) when (RunFailures.Classify(exception) is not RunFailure.Other and var failure)
        {
            throw new BatchFailureException(failure == RunFailure.DeviceLost ? BatchFailure.Lost : BatchFailure.TooLarge, exception);
        }
        finally
        {
            trace?.SetTag("ditask.result", result).SetStatus(result == RunResult.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            TimeSpan elapsed = time.GetElapsedTime(start);
            metrics.RunEnded(model.Manifest.Name, model.Provider, inputs.Count, size - inputs.Count, inputs.SelectMany(input => input.Tasks), timings.Branches, result, elapsed);
        }
    }

    private ModelOutput[] Run(ServedModel model, IReadOnlyList<ModelInput> inputs, int size, RunTimings timings, CancellationToken cancellation)
    {
        Dictionary<string, IReadOnlyList<int>> rows = RowsByTask(inputs, size);
        if (size == 1)
        {
            return Slice(model.Run(inputs[0].Slot, 1, rows, timings, cancellation), inputs, timings);
        }

        int length = model.SlotLength;
        float[] batch = ArrayPool<float>.Shared.Rent(size * length);
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                inputs[i].Slot.CopyTo(batch.AsMemory(i * length));
            }

            batch.AsSpan(inputs.Count * length, (size - inputs.Count) * length).Clear();
            return Slice(model.Run(batch.AsMemory(0, size * length), size, rows, timings, cancellation), inputs, timings);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(batch);
        }
    }

    /// <summary>The rows that asked; all rows of the run, added ones too, where all inputs did: then the branch reads the trunk's outputs as they are.</summary>
    private Dictionary<string, IReadOnlyList<int>> RowsByTask(IReadOnlyList<ModelInput> inputs, int size)
    {
        int[] all = [.. Enumerable.Range(0, size)];
        Dictionary<string, IReadOnlyList<int>> rows = [];
        foreach (string task in inputs.SelectMany(input => input.Tasks).Distinct())
        {
            int[] asked = [.. Enumerable.Range(0, inputs.Count).Where(row => inputs[row].Tasks.Contains(task))];
            rows[task] = isFixedSize || asked.Length == inputs.Count ? all : asked;
        }

        return rows;
    }

    private static ModelOutput[] Slice(IReadOnlyDictionary<string, TaskLogits> logits, IReadOnlyList<ModelInput> inputs, RunTimings timings)
    {
        int count = inputs.Count;
        var perRow = new Dictionary<string, (TaskLogits Logits, int Entry)>[count];
        for (int row = 0; row < count; row++)
        {
            perRow[row] = [];
        }

        foreach ((string task, TaskLogits values) in logits)
        {
            for (int entry = 0; entry < values.Rows.Count && values.Rows[entry] < count; entry++)
            {
                perRow[values.Rows[entry]][task] = (values, entry);
            }
        }

        RunShare share = new(
            timings.Trunk / count,
            timings.Branches.ToDictionary(branch => branch.Key, branch => branch.Value / inputs.Count(input => input.Tasks.Contains(branch.Key))));
        return Array.ConvertAll(perRow, tasks => new ModelOutput(tasks, share));
    }
}
