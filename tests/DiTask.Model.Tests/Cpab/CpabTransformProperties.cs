using DiTask.Model.Cpab;
using FsCheck;
using FsCheck.Fluent;

namespace DiTask.Model.Tests.Cpab;

/// <summary>What holds for every theta, on random ones: 2 to 65 cells, elements up to 3 in size.</summary>
public sealed class CpabTransformProperties
{
    private const double Rounding = 1e-12;

    // Going back through a contraction multiplies rounding by its inverse slope, at most exp(largest |slope|).
    private const double RoundTrip = 1e-9;

    private static readonly Arbitrary<double[]> Thetas =
        (from count in Gen.Choose(1, 64)
         from elements in Gen.Choose(-3_000_000, 3_000_000).ArrayOf(count)
         select elements.Select(element => element / 1e6).ToArray()).ToArbitrary();

    private static readonly Arbitrary<double[]> Points =
        (from count in Gen.Choose(3, 64)
         from elements in Gen.Choose(0, 1_000_000).ArrayOf(count)
         select elements.Select(element => element / 1e6).ToArray()).ToArbitrary();

    [Fact]
    public void Apply_AnyTheta_FixesBothEnds() => Prop.ForAll(Thetas, theta =>
    {
        CpabTransform transform = new(theta);
        return transform.Apply(0) == 0 && transform.Apply(1) == 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_AnyTheta_IsIncreasing() => Prop.ForAll(Thetas, Points, (theta, points) =>
    {
        CpabTransform transform = new(theta);
        double[] ordered = [.. points.Order()];
        double[] images = [.. ordered.Select(transform.Apply)];
        return images.Zip(images.Skip(1)).All(pair => pair.Second >= pair.First - Rounding) && images.All(image => image is >= 0 and <= 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_ThetaThenItsNegative_IsTheIdentity() => Prop.ForAll(Thetas, Points, (theta, points) =>
    {
        double[] milder = [.. theta.Select(value => value / 3)];
        CpabTransform forward = new(milder);
        CpabTransform backward = new([.. milder.Select(value => -value)]);
        return points.All(point => Math.Abs(backward.Apply(forward.Apply(point)) - point) <= RoundTrip);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_HalfThetaTwice_IsThetaOnce() => Prop.ForAll(Thetas, Points, (theta, points) =>
    {
        CpabTransform whole = new(theta);
        CpabTransform half = new([.. theta.Select(value => value / 2)]);
        return points.All(point => Math.Abs(half.Apply(half.Apply(point)) - whole.Apply(point)) <= RoundTrip);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ThetaZero_AnyWarp_KeepsTheSpectrum() => Prop.ForAll(Points, points =>
    {
        double[] sigma = [.. points.OrderDescending()];
        return SpectrumWarps.All.All(warp =>
        {
            double[] warped = new double[sigma.Length];
            warp.Apply(sigma, new double[5], warped);
            return sigma.Zip(warped).All(pair => Math.Abs(pair.First - pair.Second) <= Rounding);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyTheta_AnyWarp_KeepsOrderAndTheLargestValueWhereItIsTheTopOfTheDomain() => Prop.ForAll(Thetas, Points, (theta, points) =>
    {
        double[] sigma = [.. points.OrderDescending()];
        return SpectrumWarps.All.All(warp =>
        {
            double[] warped = new double[sigma.Length];
            warp.Apply(sigma, theta, warped);
            return (warped[0] == sigma[0] || warp.Name == "value-wide") && warped.Zip(warped.Skip(1)).All(pair => pair.Second <= pair.First + Rounding);
        });
    }).QuickCheckThrowOnFailure();
}
