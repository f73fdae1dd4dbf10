using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

public class RandomTests
{
    private const int Many = 20_000;

    [Fact]
    public void Generator_SameSeed_SameNumbers_WhateverTheDefaultDoes()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator a = new(7);
        using Generator b = new Generator().manual_seed(7);

        float[] first = randn(5, generator: a).data<float>().ToArray();
        rand(3);
        float[] second = randn(5, generator: b).data<float>().ToArray();

        Assert.Equal(first, second);
        Assert.NotEqual(first, randn(5, generator: a).data<float>().ToArray());
        Assert.Equal(7, a.initial_seed());
    }

    [Fact]
    public void Generator_StateRestored_RepeatsItself()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        randn(3, generator: generator);
        Tensor state = generator.get_state();
        float[] first = rand(5, generator: generator).data<float>().ToArray();
        byte[] saved = state.bytes.ToArray();

        using Generator other = new(2);
        other.set_state(tensor(saved));

        Assert.Equal(first, rand(5, generator: other).data<float>().ToArray());
    }

    [Fact]
    public void RngState_OfTheDefaultGenerator_IsTheOneThatDropoutUses()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(1000);

        // Other tests use the default generator at the same time: try until none came between.
        for (int attempt = 0; attempt < 20; attempt++)
        {
            Tensor state = get_rng_state();
            float[] first = functional.dropout(x, 0.5).data<float>().ToArray();
            set_rng_state(state);
            if (first.SequenceEqual(functional.dropout(x, 0.5).data<float>().ToArray()))
            {
                return;
            }
        }

        Assert.Fail("The same state never gave the same numbers.");
    }

    [Fact]
    public void Dropout_KeepsTheMean_AndIsIdentityInEvaluation()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(Many);

        float[] dropped = functional.dropout(x, 0.25).data<float>().ToArray();

        Assert.All(dropped, value => Assert.True(value is 0 || Math.Abs(value - (1 / 0.75f)) < 1e-6f));
        Assert.InRange(dropped.Average(), 0.97, 1.03);
        Assert.Equal(x.data<float>(), functional.dropout(x, 0.25, training: false).data<float>());
        Assert.Equal(Many, functional.dropout(x, 1).eq(0).sum().item<long>());
    }

    [Fact]
    public void Dropout2d_DropsWholeChannels()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor channels = functional.dropout2d(ones(1, 200, 3, 3), 0.5).flatten(2).var(2);

        Assert.Equal(0, channels.sum().item<float>());
    }

    [Fact]
    public void RandPerm_IsAPermutation_AndRandInt_StaysInRange()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(5);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), randperm(50, generator: generator).data<long>().ToArray().Order());
        Assert.All(randint(3, 6, [100], generator: generator).data<long>().ToArray(), value => Assert.InRange(value, 3, 5));
        Assert.Equal(int32, randint(6, [2, 3], dtype: int32).dtype);
    }

    [Fact]
    public void Bernoulli_FollowsItsProbability()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(5);

        Assert.InRange(full(Many, 0.3).bernoulli(generator).mean().item<float>(), 0.28, 0.32);
        Assert.InRange(zeros(Many).bernoulli_(0.7, generator).mean().item<float>(), 0.68, 0.72);
        Assert.Equal([0f, 1], zeros(2).bernoulli_(tensor([0f, 1])).data<float>().ToArray());
    }

    [Fact]
    public void InPlace_WithGenerator_FillAsNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(5);
        Tensor x = empty(Many);

        x.uniform_(-2, -1, generator);
        Assert.InRange(x.min().item<float>(), -2, -1.99);
        Assert.InRange(x.max().item<float>(), -1.01, -1);
        x.normal_(3, 2, generator);
        Assert.InRange(x.mean().item<float>(), 2.9, 3.1);
        Assert.InRange(x.var().item<float>(), 3.8, 4.2);
    }

    [Fact]
    public void Init_KaimingUniform_StaysInItsBound()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = empty(100, 25, requires_grad: true);

        Tensor same = init.kaiming_uniform_(x, a: Math.Sqrt(5));

        // gain sqrt(2 / 6), bound sqrt(3) * gain / sqrt(25) = 1 / 5
        Assert.Same(x, same);
        Assert.InRange(x.abs().max().item<float>(), 0.195, 0.2);
        Assert.InRange(init.kaiming_uniform_(empty(10, 3, 5, 5), nonlinearity: init.NonlinearityType.ReLU).abs().max().item<float>(), 0.25, Math.Sqrt(6.0 / 75) + 1e-6);
        Assert.InRange(init.kaiming_normal_(empty(200, 100), mode: init.FanInOut.FanOut).var().item<float>(), 0.0095, 0.0105);
        Assert.InRange(init.xavier_uniform_(empty(100, 50)).abs().max().item<float>(), 0.19, 0.2);
        Assert.Throws<ArgumentException>(() => init.kaiming_uniform_(empty(3)));
    }

    [Fact]
    public void Init_TruncNormal_IsNormalInsideItsEnds()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor x = init.trunc_normal_(empty(Many, dtype: float64), mean: 1, std: 0.5, a: 0, b: 2);

        Assert.InRange(x.min().item<double>(), 0, 0.05);
        Assert.InRange(x.max().item<double>(), 1.95, 2);
        Assert.InRange(x.mean().item<double>(), 0.98, 1.02);

        // Cut at two deviations, the variance is 0.7737 of the whole.
        Assert.InRange(x.var().item<double>(), 0.25 * 0.75, 0.25 * 0.8);
    }

    [Fact]
    public void Init_Constants_FillLeavesThatRecord()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = empty(2, requires_grad: true);

        Assert.Equal([1f, 1], init.ones_(x).data<float>().ToArray());
        Assert.Equal([0f, 0], init.zeros_(x).data<float>().ToArray());
        Assert.Equal([0.5f, 0.5f], init.constant_(x, 0.5).data<float>().ToArray());
        Assert.InRange(init.uniform_(x, 4, 5).max().item<float>(), 4, 5);
        init.normal_(x, 100, 1);
        Assert.InRange(x.mean().item<float>(), 90, 110);
        Assert.True(x.requires_grad);
    }
}
