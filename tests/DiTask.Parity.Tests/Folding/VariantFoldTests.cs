using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;
using DiTask.Model.Inference;
using DiTask.Parity.Tests.Networks;
using DiTask.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Parity.Tests.Folding;

/// <summary>Every configuration that the authors' code accepts, folded and compared with the plain second writing of its forward pass.</summary>
public sealed class VariantFoldTests
{
    private static readonly Dictionary<string, CheckpointRecipe> Recipes = new()
    {
        ["as_released"] = new(),
        ["other_patch_and_window"] = new() { ImageSize = 48, PatchSize = 2, Window = 3, Depths = [2, 2, 2, 2] },
        ["window_seven_as_in_tiny"] = new() { ImageSize = 224, Window = 7, Depths = [2, 2, 3, 2], NumHeads = [3, 3, 3, 3] },
        ["tessellation_per_stage_and_task"] = new() { SharedCells = [2, 8, 16, 31], TaskCells = [3, 5, 2, 9] },
        ["no_theta_in_one_stage"] = new() { SharedCells = [16, 0, 16, 16] },
        ["position_embedding"] = new() { PositionEmbedding = true },
        ["no_qkv_bias"] = new() { QkvBias = false },
        ["no_patch_norm"] = new() { PatchNorm = false },
        ["adapter_in_merging"] = new() { Merging = true },
        ["plain_qkv"] = new() { Qkv = false },
        ["plain_proj"] = new() { Proj = false },
        ["plain_fc1"] = new() { Fc1 = false },
        ["plain_fc2"] = new() { Fc2 = false },
        ["plain_proj_and_fc1"] = new() { Proj = false, Fc1 = false },
        ["all_plain"] = new() { Qkv = false, Proj = false, Fc1 = false, Fc2 = false },
        ["intermediate_specialization"] = new() { Intermediate = true },
        ["mlp_ratio_three_is_split_like_qkv"] = new() { MlpRatio = 3 },
        ["mlp_ratio_two_is_split_in_two"] = new() { MlpRatio = 2 },
        ["no_decoder_downsampler"] = new() { DecoderChannels = null },
        ["six_tasks"] = new() { Tasks = [("semseg", 21), ("human_parts", 7), ("sal", 1), ("normals", 3), ("edge", 1), ("depth", 1)] },
        ["one_task"] = new() { Tasks = [("depth", 1)] },
    };

    public static TheoryData<string> Names => [.. Recipes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fold_Variant_GivesTheLogitsOfTheDirectForwardPass(string name)
    {
        CheckpointRecipe recipe = Recipes[name];
        IReadOnlyList<HostTensor> checkpoint = RandomCheckpoint.Make(recipe, seed: 11);
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder["model.safetensors"], checkpoint);
        float[] images = [.. Enumerable.Range(0, 2 * 3 * recipe.ImageSize * recipe.ImageSize).Select(i => MathF.Sin(i * 0.37f) + MathF.Cos(i * 0.011f))];

        FoldResult result = Fold.Run(new FoldOptions { Checkpoint = folder["model.safetensors"], Output = folder["folded"], ImageSize = recipe.ImageSize });

        Assert.NotNull(result.Folder);
        using MultiTaskSession session = MultiTaskSession.Open(result.Folder);
        IReadOnlyDictionary<string, TaskLogits> actual = session.Run(
            images, 2, recipe.Tasks.ToDictionary(task => task.Task, _ => (IReadOnlyList<int>)[0, 1]));
        using DisposeScope scope = NewDisposeScope();
        foreach ((string task, Tensor expected) in new DirectNetwork(recipe, checkpoint).Forward(tensor(images, [2, 3, recipe.ImageSize, recipe.ImageSize])))
        {
            Tolerances.AssertActivations(expected.contiguous().data<float>().ToArray(), actual[task].Values, $"{name}/{task}");
        }
    }
}
