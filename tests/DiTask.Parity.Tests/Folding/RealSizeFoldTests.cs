using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;
using DiTask.Model.Inference;
using DiTask.Parity.Tests.Networks;
using DiTask.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Parity.Tests.Folding;

/// <summary>The released tiny model at its real size, with seeded weights. Minutes, hence slow.</summary>
[Trait("Category", "Slow")]
public sealed class RealSizeFoldTests
{
    [Theory]
    [InlineData(448)]
    [InlineData(224)]
    public void Fold_Tiny448_GivesTheLogitsOfTheDirectForwardPass(int imageSize)
    {
        CheckpointRecipe recipe = CheckpointRecipe.Tiny448;
        IReadOnlyList<HostTensor> checkpoint = RandomCheckpoint.Make(recipe, seed: 5);
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder["tiny.safetensors"], checkpoint);
        float[] image = [.. Enumerable.Range(0, 3 * imageSize * imageSize).Select(i => MathF.Sin(i * 0.013f) + MathF.Cos(i * 0.00071f))];

        FoldResult result = Fold.Run(new FoldOptions { Checkpoint = folder["tiny.safetensors"], Output = folder["model"], ImageSize = imageSize });

        Assert.All(result.Deviations, deviation => Assert.True(deviation.Accepted, deviation.ToString()));
        using MultiTaskSession session = MultiTaskSession.Open(result.Folder!);
        IReadOnlyDictionary<string, TaskLogits> actual = session.Run(image, 1, recipe.Tasks.ToDictionary(task => task.Task, _ => (IReadOnlyList<int>)[0]));
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        CheckpointRecipe resized = recipe with { ImageSize = imageSize };
        foreach ((string task, Tensor expected) in new DirectNetwork(resized, checkpoint).Forward(tensor(image, [1, 3, imageSize, imageSize])))
        {
            Tolerances.AssertActivations(expected.contiguous().data<float>().ToArray(), actual[task].Values, $"{imageSize}/{task}");
        }
    }
}
