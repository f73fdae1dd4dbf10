using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Metrics;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Metrics on the closed cases of the specification and on sets with nothing in them.</summary>
public sealed class MetricTests
{
    private const double Exact = 5e-7;

    [Fact]
    public void MeanIou_ClosedCase_HasTheWrittenValues()
    {
        MeanIou iou = new(3);

        iou.Add([0, 1, 1, 1, 0, 2], [0, 0, 1, 1, 2, 255], [true, true, true, true, true, false]);

        Assert.Equal([1 / 3.0, 2 / 3.0, 0], Enumerable.Range(0, 3).Select(iou.Iou));
        Assert.Equal(1 / 3.0, iou.Mean(), Exact);
        Assert.Equal(1 / 3.0, iou.MeanPresent(), Exact);
    }

    [Fact]
    public void MeanIou_AbsentClass_CountsAsZeroInTheMeanOnly()
    {
        MeanIou iou = new(4);

        iou.Add([0, 1], [0, 1], [true, true]);

        Assert.Equal(0.5, iou.Mean());
        Assert.Equal(1, iou.MeanPresent());
    }

    [Fact]
    public void MeanIou_ClassOnlyPredicted_IsNotPresent()
    {
        MeanIou iou = new(2);

        iou.Add([0, 1], [0, 0], [true, true]);

        Assert.Equal(0.25, iou.Mean());
        Assert.Equal(0.5, iou.MeanPresent());
    }

    [Fact]
    public void MeanIou_Nothing_IsNotANumber()
    {
        MeanIou iou = new(2);

        iou.Add([0], [255], [false]);

        Assert.True(double.IsNaN(iou.Mean()));
        Assert.True(double.IsNaN(iou.MeanPresent()));
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    public void MeanIou_LabelThatIsNoClass_IsRefused(float label)
    {
        MeanIou iou = new(2);

        DatasetException error = Assert.Throws<DatasetException>(() => iou.Add([0], [label], [true]));

        Assert.Contains("0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AngularError_VectorOfTheSpecification_Is36Degrees()
    {
        AngularError error = new();

        error.Add([3, 0, 4], [0, 0, 1], [true]);

        Assert.Equal(36.869898, error.Mean, Exact);
        Assert.Equal(36.869898, error.ReferenceRmse, 2e-3);
    }

    [Fact]
    public void AngularError_TenTwentyThirty_HaveTheWrittenMoments()
    {
        AngularError error = new();

        error.AddAngle(10);
        error.AddAngle(20);
        error.AddAngle(30);

        Assert.Equal(20, error.Mean, Exact);
        Assert.Equal(21.602469, error.Rmse, Exact);
        Assert.Equal(20, error.Median(), 0.01);
        Assert.Equal([1 / 3.0, 2 / 3.0, 2 / 3.0], Enumerable.Range(0, 3).Select(error.Within));
    }

    [Fact]
    public void AngularError_ReferenceRmse_IsTheMean()
    {
        AngularError error = new();
        foreach (double degrees in (double[])[10, 20, 30])
        {
            (double y, double x) = Math.SinCos(double.DegreesToRadians(degrees));
            error.Add([(float)x, (float)y, 0], [1, 0, 0], [true]);
        }

        Assert.Equal(20, error.ReferenceRmse, 2e-3);
        Assert.Equal(21.602469, error.Rmse, 1e-4);
    }

    [Fact]
    public void AngularError_SameAndOppositeAndNone_AreZeroHalfATurnAndAQuarter()
    {
        AngularError same = new(), opposite = new(), none = new();

        same.Add([0.6f, 0, 0.8f], [0.6f, 0, 0.8f], [true]);
        opposite.Add([0, 0, -5], [0, 0, 1], [true]);
        none.Add([0, 0, 0], [0, 0, 1], [true]);

        Assert.Equal(0, same.Mean);
        Assert.Equal(180, opposite.Mean, Exact);
        Assert.Equal(90, none.Mean, Exact);
    }

    [Fact]
    public void AngularError_LabelWithoutDirection_IsLeftOut()
    {
        AngularError error = new();

        error.Add([0, 0, 1], [0, 0, 0], [true]);

        Assert.Equal(0, error.Count);
        Assert.True(double.IsNaN(error.Mean));
        Assert.True(double.IsNaN(error.Median()));
    }

    [Fact]
    public void DepthError_ClosedCase_HasTheWrittenValues()
    {
        DepthError error = new();

        error.Add([1, 2, 4], [1, 3, 2], [true, true, true]);

        Assert.Equal(1.290994, error.Rmse, Exact);
        Assert.Equal(0.444444, error.AbsRel, Exact);
        Assert.Equal(0.463629, error.LogRmse, Exact);
        Assert.Equal(0.333333, error.Delta(1), Exact);
        Assert.Equal(45.360334, error.SiLog, Exact);
    }

    [Fact]
    public void DepthError_TwoImages_ArePooledByPixel()
    {
        DepthError first = new(), second = new();
        first.Add([1, 1, 1], [1, 1, 1], [true, true, true]);
        second.Add([3], [1], [true]);

        first.Merge(second);

        Assert.Equal(1, first.Rmse);
    }

    [Fact]
    public void DepthError_CommonFactor_IsInvisibleToSiLog()
    {
        DepthError error = new();

        error.Add([2, 4, 6], [1, 2, 3], [true, true, true]);

        Assert.Equal(0, error.SiLog, 1e-5);
        Assert.Equal(0, error.Delta(3));
    }

    [Fact]
    public void PooledFScore_ThreePixels_IsPerfectWithOneSigmoidOnly()
    {
        float[] scores = [0.80f, 0.72f, 0.30f];
        float[] label = [1, 0, 0];
        PooledFScore correct = new(), reference = new();

        correct.Add(scores, label, [true, true, true]);
        LogitMaps.Sigmoid(scores, scores);
        reference.Add(scores, label, [true, true, true]);

        Assert.Equal(1, correct.Best());
        Assert.Equal(0.565217, reference.Best(), Exact);
    }

    [Fact]
    public void PooledFScore_NoForeground_IsZeroAndNothingKnownIsNotANumber()
    {
        PooledFScore background = new(), nothing = new();

        background.Add([0.9f], [0], [true]);
        nothing.Add([0.9f], [255], [false]);

        Assert.Equal(0, background.Best());
        Assert.True(double.IsNaN(nothing.Best()));
    }

    [Fact]
    public void SaliencyIou_EmptyMaskOnEmptyLabel_IsOne()
    {
        SaliencyIou iou = new();

        iou.Add([0.1f, 0.1f], [0, 0], [true, true]);

        Assert.Equal(1, iou.Best());
    }

    [Fact]
    public void SaliencyIou_TwoImages_TakeTheBestThresholdOfTheMean()
    {
        SaliencyIou iou = new();

        // Up to 0.35 the first is 1/2 and the second 1; from 0.4 to 0.5 1 and 0: the best mean is not the mean of the best.
        iou.Add([0.52f, 0.37f], [1, 0], [true, true]);
        iou.Add([0.37f], [1], [true]);

        Assert.Equal(0.75, iou.Best(), Exact);
    }

    [Fact]
    public void EdgeLoss_ClosedCase_HasTheWrittenValue()
    {
        EdgeLoss loss = new();

        loss.Add([2, -1, 0.5f, -3], [1, 0, 0, 0]);

        Assert.Equal(0.04684448, loss.Mean, 5e-9);
    }

    [Fact]
    public void EdgeLoss_HugeLogits_StayFinite()
    {
        EdgeLoss loss = new();

        loss.Add([1000, -1000], [0, 1]);

        Assert.Equal(500, loss.Mean, Exact);
    }
}
