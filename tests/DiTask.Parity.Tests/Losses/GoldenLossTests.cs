using System.Text.Json;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Losses;
using DiTask.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Parity.Tests.Losses;

/// <summary>Every loss in the reference's form against the authors' code: value and gradient, degenerate labels included.</summary>
public sealed class GoldenLossTests
{
    /// <summary>Of the value; normals and depth are float64 sums there and float32 here.</summary>
    private const double ValueTolerance = 1e-5;

    /// <summary>Of the largest element of the gradient.</summary>
    private const double GradientTolerance = 1e-5;

    private static readonly string[] Cases = ["normal", "all_255", "all_zero_labels", "huge_logits_zero_normals", "void_255_in_binary_tasks"];

    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string name in Cases)
            {
                foreach (string task in TaskCatalog.Names.Where(task => File.Exists(Fixture.Path("golden", "losses", name, $"pred_{task}.npy"))))
                {
                    all.Add(name, task);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Compute_ReferenceForm_MatchesValueAndGradient(string name, string task)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = Golden(name, $"pred_{task}").requires_grad_();

        Tensor loss = TaskLosses.Of(task, LossForm.Reference).Compute(logits, Golden(name, $"label_{task}"));
        loss.backward();

        AssertValue(Expected(name, task), loss.item<float>());
        float[] expected = Fixture.Golden("losses", name, $"grad_{task}.npy").Singles;
        float[] actual = logits.grad!.contiguous().data<float>().ToArray();
        double largest = expected.Max(value => Math.Abs((double)value));
        double worst = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(worst <= GradientTolerance * largest, $"{name} {task}: gradient differs by {worst:E2}, largest value {largest:E2}.");
    }

    [Fact]
    public void Sum_ReferenceWeights_MatchesTheTotal()
    {
        using DisposeScope scope = NewDisposeScope();

        double total = TaskCatalog.Names.Sum(task => TaskLosses.ReferenceWeight(task) *
            TaskLosses.Of(task, LossForm.Reference).Compute(Golden("normal", $"pred_{task}"), Golden("normal", $"label_{task}")).item<float>());

        AssertValue(Value(Results().GetProperty("normal_total")), total);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("all_zero_labels")]
    [InlineData("huge_logits_zero_normals")]
    public void Compute_DefaultForm_WhereSomethingIsKnown_IsTheReference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (string task in TaskCatalog.Names)
        {
            Tensor loss = TaskLosses.Of(task, LossForm.Default).Compute(Golden(name, $"pred_{task}"), Golden(name, $"label_{task}"));

            AssertValue(Expected(name, task), loss.item<float>());
        }
    }

    [Theory]
    [InlineData("sal")]
    [InlineData("edge")]
    public void Compute_DefaultForm_VoidInBinaryTask_IsTheLossOfTheKnownPixels(string task)
    {
        using DisposeScope scope = NewDisposeScope();
        Npy logits = Fixture.Golden("losses", "void_255_in_binary_tasks", $"pred_{task}.npy");
        Npy label = Fixture.Golden("losses", "void_255_in_binary_tasks", $"label_{task}.npy");
        int[] known = [.. Enumerable.Range(0, label.Singles.Length).Where(i => label.Singles[i] != 255)];
        Assert.NotEqual(label.Singles.Length, known.Length);

        Tensor whole = TaskLosses.Of(task, LossForm.Default).Compute(Row(logits.Singles), Row(label.Singles));
        Tensor part = TaskLosses.Of(task, LossForm.Reference).Compute(Row(Picked(logits)), Row(Picked(label)));

        AssertValue(part.item<float>(), whole.item<float>());

        float[] Picked(Npy array)
        {
            float[] values = array.Singles;
            return [.. known.Select(i => values[i])];
        }

        static Tensor Row(float[] values) => tensor(values, [1, 1, 1, values.Length]);
    }

    private static Tensor Golden(string name, string file)
    {
        Npy array = Fixture.Golden("losses", name, $"{file}.npy");
        return tensor(array.Singles, [.. array.Shape.Select(size => (long)size)]);
    }

    private static double Expected(string name, string task) => Value(Results().GetProperty(name).GetProperty(task));

    private static double Value(JsonElement entry) =>
        entry.GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;

    private static JsonElement Results() =>
        JsonDocument.Parse(File.ReadAllText(Fixture.Path("golden", "losses", "result.json"))).RootElement;

    private static void AssertValue(double expected, double actual) =>
        Assert.True(
            double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= ValueTolerance * Math.Abs(expected),
            $"Expected {expected}; found {actual}.");
}
