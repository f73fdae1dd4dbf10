using DiTask.Model.Training.Regularization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Regularization;

public sealed class RegularizationTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void L2StartingPoint_Penalty_ClosedCase()
    {
        Parameter theta = Moved([0.5, 2.5], [1, 2], out L2StartingPoint penalty);
        using (penalty)
        {
            Tensor value = penalty.Penalty();
            value.backward();

            Assert.Equal(0.005, value.item<double>(), 1e-12);
            LinearTasks.AssertClose([0.01, -0.01], LinearTasks.Values(theta.grad), 1e-12);
        }
    }

    [Fact]
    public void L2StartingPoint_Decay_IsTheStepOfPlainDescent()
    {
        Parameter theta = Moved([0.5, 2.5], [1, 2], out L2StartingPoint penalty);
        using (penalty)
        {
            penalty.Decay(learningRate: 0.1);

            LinearTasks.AssertClose([0.999, 2.001], LinearTasks.Values(theta), 1e-12);
        }
    }

    [Fact]
    public void L2StartingPoint_ThetaFromTheIdentity_IsWeightDecay()
    {
        Parameter theta = Moved([0, 0], [1, 2], out L2StartingPoint penalty);
        using (penalty)
        {
            penalty.Penalty().backward();

            LinearTasks.AssertClose([0.02, 0.04], LinearTasks.Values(theta.grad), 1e-12);
        }
    }

    [Fact]
    public void L2StartingPoint_NewParameters_HaveTheirOwnStrength()
    {
        Parameter head = new(tensor(new double[] { 3, 4 }));
        using L2StartingPoint penalty = new([], [head], strength: 1, newStrength: 0.1);

        Assert.Equal(2.5, penalty.Penalty().item<double>(), 1e-12);
        penalty.Decay(learningRate: 0.5);
        LinearTasks.AssertClose([2.7, 3.6], LinearTasks.Values(head), 1e-12);
    }

    public static TheoryData<double[], double, double[], double[]> Matrices => new()
    {
        { [3, 0, 0, 4], 7, [1, 0, 0, 1], [2.5, 0, 0, 3.5] },
        { [1, 1, 1, 1], 2, [0.5, 0.5, 0.5, 0.5], [0.75, 0.75, 0.75, 0.75] },
        { [2, 0, 0, -1], 3, [1, 0, 0, -1], [1.5, 0, 0, -0.5] },
    };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void NuclearNorm_ClosedCases(double[] values, double norm, double[] subgradient, double[] shrunk)
    {
        Parameter matrix = new(tensor(values, [2, 2]));

        Tensor penalty = new NuclearNorm(strength: 0.1).OfMatrix(matrix);
        penalty.backward();

        Assert.Equal(0.1 * norm, penalty.item<double>(), 1e-9);
        LinearTasks.AssertClose([.. subgradient.Select(value => 0.1 * value)], LinearTasks.Values(matrix.grad), 1e-9);
        LinearTasks.AssertClose(subgradient, LinearTasks.Values(NuclearNorm.Subgradient(matrix)), 1e-9);
        LinearTasks.AssertClose(shrunk, LinearTasks.Values(NuclearNorm.Shrink(matrix, 0.5)), 1e-9);
    }

    [Fact]
    public void NuclearNorm_Stack_HasATasksVectorAsColumn()
    {
        Parameter first = new(tensor(new double[] { 1, 1 }, [1, 2]));
        Parameter second = new(tensor(new double[] { 1, 1 }, [1, 2]));

        Tensor penalty = new NuclearNorm(strength: 1).OfStack([first, second]);
        penalty.backward();

        Assert.Equal(2, penalty.item<double>(), 1e-9);
        Assert.Equal([1, 2], first.grad!.shape);
        LinearTasks.AssertClose([0.5, 0.5], LinearTasks.Values(first.grad), 1e-9);
    }

    [Fact]
    public void NuclearNorm_Spectra_IsTheirSum()
    {
        Parameter sigma = new(tensor(new double[] { 3, 2, 1 }));
        Tensor penalty = new NuclearNorm(strength: 0.5).OfSpectra([sigma, tensor(new double[] { 4 })]);
        penalty.backward();

        Assert.Equal(5, penalty.item<double>(), 1e-12);
        LinearTasks.AssertClose([0.5, 0.5, 0.5], LinearTasks.Values(sigma.grad), 1e-12);
    }

    [Fact]
    public void NuclearNorm_MatrixOfZeros_IsZero()
    {
        Parameter matrix = new(zeros(2, 3, float64));
        Tensor penalty = new NuclearNorm().OfMatrix(matrix);
        penalty.backward();

        Assert.Equal(0, penalty.item<double>());
        LinearTasks.AssertClose(new double[6], LinearTasks.Values(matrix.grad), 0);
    }

    [Fact]
    public void SoftSharing_Pairwise_ClosedCase()
    {
        Parameter[] thetas = Thetas();

        Tensor penalty = new SoftSharing(0.1).Pairwise(thetas);
        penalty.backward();

        Assert.Equal(0.6, penalty.item<double>(), 1e-12);
        LinearTasks.AssertClose([0, 0.3], LinearTasks.Values(thetas[0].grad), 1e-12);
    }

    [Fact]
    public void SoftSharing_ToMean_IsPairwiseOverTheNumberOfTasks()
    {
        Parameter[] thetas = Thetas();

        Tensor penalty = new SoftSharing(0.1).ToMean(thetas);
        penalty.backward();

        Assert.Equal(0.2, penalty.item<double>(), 1e-12);
        LinearTasks.AssertClose([0, 0.1], LinearTasks.Values(thetas[0].grad), 1e-12);
    }

    [Fact]
    public void SoftSharing_ToJoint_PullsBoth()
    {
        Parameter joint = new(tensor(new double[] { 0, 0 }));
        Parameter[] thetas = Thetas();

        Tensor penalty = new SoftSharing(0.1).To(joint, thetas);
        penalty.backward();

        Assert.Equal(0.05 * (5 + 4 + 1), penalty.item<double>(), 1e-12);
        LinearTasks.AssertClose([-0.3, -0.3], LinearTasks.Values(joint.grad), 1e-12);
        LinearTasks.AssertClose([0.1, 0.2], LinearTasks.Values(thetas[0].grad), 1e-12);
    }

    [Fact]
    public void Reconstruction_ClosedCases()
    {
        Tensor image = tensor(new double[] { 1, -2, 3, 0.5 }, [1, 1, 2, 2]);
        Tensor mask = tensor(new double[] { 1, 0, 0, 1 }, [1, 1, 2, 2]);
        ReconstructionLoss loss = new();

        Assert.Equal(0, loss.Compute(image, image).item<double>());
        Assert.Equal(0.05, loss.Compute(image + 0.5, image).item<double>(), 1e-12);
        Assert.Equal(0.05, loss.Compute(image + 0.5, image, mask).item<double>(), 1e-12);
        Assert.Equal(0.1 * 0.25, loss.Compute(image + (mask * 0.25) + ((1 - mask) * 99), image, mask).item<double>(), 1e-12);
        Assert.Equal(0, loss.Compute(image + 1, image, mask * 0).item<double>());
    }

    [Fact]
    public void Reconstruction_Mask_CountsPixelsOfEveryChannel()
    {
        Tensor image = zeros([1, 3, 1, 2], float64);
        Tensor mask = tensor(new double[] { 1, 0 }, [1, 1, 1, 2]);

        Assert.Equal(0.1 * 2, new ReconstructionLoss().Compute(image + 2, image, mask).item<double>(), 1e-12);
    }

    private static Parameter Moved(double[] start, double[] now, out L2StartingPoint penalty)
    {
        Parameter theta = new(tensor(start));
        penalty = new L2StartingPoint([theta]);
        using IDisposable gradients = no_grad();
        theta.copy_(tensor(now));
        return theta;
    }

    private static Parameter[] Thetas() => [new(tensor(new double[] { 1, 2 })), new(tensor(new double[] { 2, 0 })), new(tensor(new double[] { 0, 1 }))];
}
