using DiTask.Model.Data;
using DiTask.Model.Training.Losses;
using DiTask.Model.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis;

/// <summary>The network as it infers, with gradients where they are asked for: no dropout, and batch statistics as they were saved.</summary>
/// <param name="network">The network.</param>
/// <param name="tasks">Wire names, in the order of everything that is measured.</param>
/// <param name="form">What a loss does where the label is not known.</param>
internal sealed class TaskRunner(TrainableNetwork network, IReadOnlyList<string> tasks, LossForm form)
{
    private readonly ITaskLoss[] losses = [.. tasks.Select(task => TaskLosses.Of(task, form))];

    /// <summary>Wire names in order.</summary>
    public IReadOnlyList<string> Tasks => tasks;

    /// <summary>The raw losses of a batch, attached to their graph.</summary>
    /// <exception cref="DiagnosisException">One is not finite.</exception>
    public IReadOnlyList<Tensor> Losses(Batch batch)
    {
        IReadOnlyDictionary<string, Tensor> logits = network.Forward(Images(batch), null);
        Tensor[] values = [.. tasks.Select((task, index) => losses[index].Compute(logits[task], Labels(batch, task)))];
        for (int task = 0; task < values.Length; task++)
        {
            if (!float.IsFinite(values[task].item<float>()))
            {
                throw new DiagnosisException($"The loss of {tasks[task]} is {values[task].item<float>()} on {string.Join(", ", batch.Ids)}; expected a finite number.");
            }
        }

        return values;
    }

    /// <summary>The raw losses as numbers.</summary>
    public IReadOnlyList<double> Values(Batch batch)
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return [.. Losses(batch).Select(loss => (double)loss.item<float>())];
    }

    /// <summary>The raw losses of every picture by itself; NaN where nothing is known of it.</summary>
    public IReadOnlyList<double[]> PictureValues(Batch batch) => [.. Enumerable.Range(0, batch.Count).Select(index =>
    {
        Batch one = Only(batch, index);
        IReadOnlyList<double> values = Values(one);
        return tasks.Select((task, at) => one.Labels[task].Any(value => value != LabelMap.Void) ? values[at] : double.NaN).ToArray();
    })];

    /// <summary>Logits [B, c, S, S] on the host.</summary>
    public IReadOnlyDictionary<string, float[]> Logits(Batch batch)
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyDictionary<string, Tensor> logits = network.Forward(Images(batch), null);
        return tasks.ToDictionary(task => task, task => logits[task].to(CPU).contiguous().data<float>().ToArray());
    }

    /// <summary>What the decoder of <paramref name="task"/> reads of the backbone, [B, C, R, R].</summary>
    public Tensor Features(Batch batch, string task) => network.Features(Images(batch), task);

    private static Batch Only(Batch batch, int index)
    {
        return new Batch([batch.Ids[index]], Row(batch.Images), batch.Labels.ToDictionary(label => label.Key, label => Row(label.Value)));

        float[] Row(float[] values)
        {
            int length = values.Length / batch.Count;
            return values[(index * length)..((index + 1) * length)];
        }
    }

    private Tensor Images(Batch batch)
    {
        int size = network.Config.Backbone.ImageSize;
        return tensor(batch.Images, [batch.Count, 3, size, size], float32, network.Store.Device);
    }

    private Tensor Labels(Batch batch, string task)
    {
        int size = network.Config.Backbone.ImageSize;
        float[] values = batch.Labels[task];
        return tensor(values, [batch.Count, values.Length / (batch.Count * size * size), size, size], float32, network.Store.Device);
    }
}
