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

        float[] first = rand(5, generator: a).data<float>().ToArray();
        rand(3);
        float[] second = rand(5, generator: b).data<float>().ToArray();

        Assert.Equal(first, second);
        Assert.NotEqual(first, rand(5, generator: a).data<float>().ToArray());
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
}
