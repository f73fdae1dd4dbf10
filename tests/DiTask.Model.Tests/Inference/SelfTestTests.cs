using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Tests;

namespace DiTask.Model.Tests.Inference;

public sealed class SelfTestTests
{
    private static readonly Dictionary<string, TaskLogits> Logits = new()
    {
        ["depth"] = new TaskLogits("depth", [0], 1, 2, 2, [1, -4, 2, 3]),
    };

    [Fact]
    public void MakeImage_SameSeed_IsTheSameAndWithinRange()
    {
        float[] first = SelfTest.MakeImage(64, null);
        float[] second = SelfTest.MakeImage(64, null);

        Assert.Equal(first, second);
        Assert.InRange(first.Min(), -2, -1.99);
        Assert.InRange(first.Max(), 1.99, 2);
        Assert.InRange(first.Average(), -0.05, 0.05);

        // Recorded: another machine has to make the same image, or it would refuse good models.
        Assert.Equal([1.651581048965454f, 1.4742233753204346f], first[..2]);
    }

    [Fact]
    public void Problems_WhatWasRecorded_HasNone()
    {
        SelfTestSpec test = SelfTest.Record(Logits);

        Assert.Empty(SelfTest.Problems(test, Logits));
        Assert.Equal([1, -4, 2, 3], Assert.Single(test.Tasks).Samples);
        Assert.Equal(4, test.Tasks[0].Largest);
    }

    [Theory]
    [InlineData(0.07f, false)]
    [InlineData(0.09f, true)]
    public void Problems_OneValueDiffers_DependsOnTheTolerance(float difference, bool isRefused)
    {
        SelfTestSpec test = SelfTest.Record(Logits);
        Dictionary<string, TaskLogits> changed = new() { ["depth"] = Logits["depth"] with { Values = [1, -4, 2 + difference, 3] } };

        Assert.Equal(isRefused, SelfTest.Problems(test, changed).Any());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Problems_ValueNotFinite_IsOneEvenWithoutARecord(float value)
    {
        Dictionary<string, TaskLogits> broken = new() { ["depth"] = Logits["depth"] with { Values = [1, value, 2, 3] } };

        Assert.Contains("'depth' gives 1 of 4", Assert.Single(SelfTest.Problems(null, broken)), StringComparison.Ordinal);
        Assert.Throws<ArithmeticException>(() => SelfTest.Record(broken));
    }

    [Fact]
    public void Problems_BundledModel_GivesWhatWasRecorded()
    {
        ModelFolder folder = ModelFolder.Open(Path.Combine(Fixture.Repository, "models", "ditask-micro"));
        using MultiTaskSession session = MultiTaskSession.Open(folder);

        var logits = session.RunAll(SelfTest.MakeImage(folder.Manifest.Input.Size, folder.Manifest.SelfTest), 1, folder.Manifest.Tasks);

        Assert.Equal(4, folder.Manifest.SelfTest!.Tasks.Count);
        Assert.Empty(SelfTest.Problems(folder.Manifest.SelfTest, logits));
    }
}
