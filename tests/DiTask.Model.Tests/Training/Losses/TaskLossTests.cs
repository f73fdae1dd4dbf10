using DiTask.Model.Tasks;
using DiTask.Model.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Losses;

public sealed class TaskLossTests : IDisposable
{
    private const float Void = 255;
    private const double Tolerance = 1e-6;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("sal", 0.10729438)]
    [InlineData("edge", 0.04684448)]
    public void Binary_ClosedCase(string task, double expected) =>
        Equal(expected, Loss(task, Map(1, 2, -1, 0.5f, -3), Map(1, 1, 0, 0, 0)));

    [Fact]
    public void Classes_ClosedCase() => Equal(0.40760596, Loss("semseg", Map(3, 2, 1, 0), Map(1, 0)));

    [Fact]
    public void Classes_VoidPixels_DoNotCount() =>
        Equal(0.40760596, Loss("human_parts", Map(3, 2, 9, 1, 9, 0, 9), Map(1, 0, Void)));

    [Fact]
    public void Normals_ClosedCase() => Equal(0.26666667, Loss("normals", Map(3, 3, 0, 4), Map(3, 0, 0, 1)));

    [Fact]
    public void Depth_AveragesKnownPixels() => Equal(1.5, Loss("depth", Map(1, 1, 2, 7), Map(1, 2, 4, Void)));

    [Theory]
    [InlineData("semseg", 4)]
    [InlineData("human_parts", 4)]
    [InlineData("sal", 1)]
    [InlineData("edge", 1)]
    [InlineData("normals", 3)]
    [InlineData("depth", 1)]
    public void Default_NothingKnown_IsZeroWithZeroGradient(string task, int channels)
    {
        Tensor logits = Map(channels, [.. Enumerable.Range(0, channels * 2).Select(i => i + 0.5f)]).requires_grad_();
        Tensor label = task == "normals" ? Map(3, [.. Enumerable.Repeat(Void, 6)]) : Map(1, Void, Void);

        Tensor loss = TaskLosses.Of(task, LossForm.Default).Compute(logits, label);
        loss.backward();

        Assert.Equal(0, loss.item<float>());
        Assert.All(logits.grad!.data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("semseg", 4)]
    [InlineData("human_parts", 7)]
    [InlineData("depth", 1)]
    public void Reference_NothingKnown_IsNaN(string task, int channels) =>
        Assert.True(float.IsNaN(TaskLosses.Of(task, LossForm.Reference).Compute(Map(channels, new float[channels]), Map(1, Void)).item<float>()));

    [Theory]
    [InlineData("sal")]
    [InlineData("edge")]
    public void Binary_Default_LeavesVoidOutAndReferenceCountsItAsPositive(string task)
    {
        Tensor logits = Map(1, 2, -1, 0.5f, -3, 1.5f);
        Tensor label = Map(1, 1, 0, 0, 0, Void);

        Equal(Loss(task, Map(1, 2, -1, 0.5f, -3), Map(1, 1, 0, 0, 0)), Loss(task, logits, label));
        Equal(Loss(task, logits, Map(1, 1, 0, 0, 0, 1)), TaskLosses.Of(task, LossForm.Reference).Compute(logits, label).item<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Saliency_OneClassOnly_IsZero(float value) => Equal(0, Loss("sal", Map(1, 3, -2), Map(1, value, value)));

    [Fact]
    public void Binary_LabelBetween_IsCutAtOneHalf() =>
        Equal(Loss("edge", Map(1, 1, 2, 3), Map(1, 1, 0, 1)), Loss("edge", Map(1, 1, 2, 3), Map(1, 0.5f, 0.49f, 0.7f)));

    [Fact]
    public void Normals_ZeroVector_HasFiniteGradient()
    {
        Tensor logits = Map(3, 0, 0, 0).requires_grad_();

        TaskLosses.Of("normals", LossForm.Default).Compute(logits, Map(3, 0, 0, 1)).backward();

        Assert.All(logits.grad!.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData("normals")]
    [InlineData("semseg")]
    public void Compute_ChannelsLastLogits_HaveTheSameGradient(string task)
    {
        float[] values = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i + 1))];
        Tensor label = task == "normals" ? Map(3, 1, Void, 0, 0, 0, Void, 1, 0, 0, Void, 0, 1) : Map(1, 0, 1, Void, 2);
        Tensor plain = Map(3, values).requires_grad_();
        Tensor source = Map(3, values).requires_grad_();

        // [B, C, 1, N] whose channels lie innermost, as the network's last resize leaves them.
        Tensor channelsLast = source.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        TaskLosses.Of(task, LossForm.Default).Compute(plain, label).backward();
        TaskLosses.Of(task, LossForm.Default).Compute(channelsLast, label).backward();

        Assert.False(channelsLast.is_contiguous());
        Assert.True(plain.grad!.allclose(source.grad!, rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void ReferenceWeight_IsThatOfTheAuthors() =>
        Assert.Equal([1, 2, 5, 10, 50, 1], TaskCatalog.Names.Select(TaskLosses.ReferenceWeight));

    [Fact]
    public void Of_UnknownTask_NamesTheKnownOnes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TaskLosses.Of("semsge", LossForm.Default));

        Assert.Contains("semseg", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TaskLosses.ReferenceWeight("semsge"));
    }

    // [1, channels, 1, N]
    private static Tensor Map(int channels, params float[] values) => tensor(values, [1, channels, 1, values.Length / channels]);

    private static double Loss(string task, Tensor logits, Tensor label) =>
        TaskLosses.Of(task, LossForm.Default).Compute(logits, label).item<float>();

    private static void Equal(double expected, double actual) => Assert.Equal(expected, actual, Tolerance);
}
