using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

/// <summary>Vectors V1 to V4 of the reference specification, section 12, and the edges of the domain.</summary>
public sealed class CpabTransformTests
{
    // The vectors were computed in float64 but step 2^-23 over each cell boundary, as the reference does.
    private const double BoundaryStep = 5e-8;
    private const double BoundaryStepGradient = 5e-7;

    [Fact]
    public void Apply_V1_GivesTheVector()
    {
        double[] expected = [0, 0.196077859, 0.345842097, 0.453451905, 0.666283688, 0.869013737, 0.935810149, 1];

        // The vectors round theta to float32 first.
        Close(expected, Transform(Grid(8), 0.3f, -0.5f, 0.8f), BoundaryStep);
    }

    [Fact]
    public void Apply_V2_GivesTheVectorAndKeepsTheInteriorFixedPoint()
    {
        double[] expected = [0, 0.243466756, 0.342050359, 0.375, 0.407949643, 0.585513032, 0.848367335, 0.924183668, 1];

        double[] actual = Transform(Grid(9), 1, -1, 0.5);

        Close(expected, actual, BoundaryStep);
        Assert.Equal(0.375, actual[3], 1e-15);
    }

    [Fact]
    public void Apply_V3_GivesTheVectorAndItsSum()
    {
        int[] indices = [0, 1, 2, 10, 31, 47, 48, 63, 80, 94, 95];
        double[] expected =
        [
            0, 0.017636369, 0.026692468, 0.112571275, 0.325040522, 0.49905676, 0.508367911, 0.6534715, 0.830095548, 0.990318658, 1,
        ];

        double[] actual = Transform(Grid(96), [.. Enumerable.Range(1, 63).Select(k => (double)(float)(0.5 * Math.Sin(k)))]);

        Close(expected, [.. indices.Select(index => actual[index])], BoundaryStep);
        Assert.Equal(47.70834486, actual.Sum(), 1e-6);
    }

    [Fact]
    public void Apply_V4ThetaZero_IsTheIdentityExactly() =>
        Assert.Equal(Grid(97), Transform(Grid(97), new double[63]));

    [Fact]
    public void ApplyWithGradient_V1_GivesTheVector()
    {
        double[][] expected =
        [
            [0, 0, 0],
            [.196077856, .098038928, .065359287],
            [.157957422, .138725416, .092483614],
            [.050347613, .192530321, .128353551],
            [0, .215028651, .304164778],
            [0, .00203069, .132255445],
            [0, 0, .064189852],
            [0, 0, 0],
        ];
        CpabTransform transform = new([0.3f, -0.5f, 0.8f]);
        double[] gradient = new double[3];

        for (int i = 0; i < 8; i++)
        {
            double phi = transform.ApplyWithGradient(i / 7.0, gradient);

            Assert.Equal(transform.Apply(i / 7.0), phi);
            Close(expected[i], gradient, BoundaryStepGradient);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(17)]
    [InlineData(64)]
    public void ApplyWithGradient_AnyPoint_MatchesCentralDifferences(int cells)
    {
        const double Step = 1e-5;
        double[] theta = [.. Enumerable.Range(1, cells - 1).Select(k => 1.5 * Math.Cos(3 * k))];
        double[] gradient = new double[theta.Length];
        foreach (double x in (double[])[0.03, 0.25, 0.31, 0.5, 0.77, 0.999])
        {
            new CpabTransform(theta).ApplyWithGradient(x, gradient);

            for (int k = 0; k < theta.Length; k++)
            {
                double difference = (Shifted(theta, k, Step).Apply(x) - Shifted(theta, k, -Step).Apply(x)) / (2 * Step);
                Assert.Equal(difference, gradient[k], 2e-9);
            }
        }
    }

    [Fact]
    public void ApplyWithGradient_ThetaZero_IsTheBasisItself()
    {
        CpabTransform transform = new(new double[3]);
        double[] gradient = new double[3];

        transform.ApplyWithGradient(0.3, gradient);

        Close([0.2, 0.15, 0.1], gradient, 1e-16);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(-1e-12)]
    public void Apply_CellWithHardlyAnySlope_HasNoCancellation(double tilt)
    {
        // Two cells: x' = theta x for x < 1/2; the exact answer is x exp(theta) while it stays there.
        double actual = new CpabTransform([tilt]).Apply(0.25);

        Assert.Equal(tilt * 0.25, actual - 0.25, 1e-16);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(-1e6)]
    [InlineData(1e300)]
    public void Apply_HugeTheta_StaysFiniteAndOrdered(double size)
    {
        double[] actual = Transform(Grid(33), size, -size, size);

        Assert.All(actual, value => Assert.InRange(value, 0, 1));
        Assert.All(actual.Zip(actual.Skip(1)), pair => Assert.True(pair.First <= pair.Second + 1e-15));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(1 + 1e-9)]
    [InlineData(double.NaN)]
    public void Apply_PointOutsideTheDomain_Throws(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpabTransform([0.5]).Apply(x));

    [Fact]
    public void Constructor_EmptyTheta_Throws() =>
        Assert.Throws<ArgumentException>(() => new CpabTransform([]));

    [Fact]
    public void Apply_BuffersOfDifferentLength_Throws() =>
        Assert.Throws<ArgumentException>(() => new CpabTransform([0.5]).Apply(new double[3], new double[2]));

    [Fact]
    public void ApplyWithGradient_BufferOfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => new CpabTransform([0.5]).ApplyWithGradient(0.5, new double[2]));

    [Fact]
    public void Apply_ManyPoints_DoesNotAllocate()
    {
        CpabTransform transform = new([0.3, -0.5, 0.8]);
        double[] points = Grid(1000);
        transform.Apply(points, points);

        long before = GC.GetAllocatedBytesForCurrentThread();
        transform.Apply(points, points);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double[] Grid(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))];

    private static double[] Transform(double[] points, params double[] theta)
    {
        double[] results = new double[points.Length];
        new CpabTransform(theta).Apply(points, results);
        return results;
    }

    private static CpabTransform Shifted(double[] theta, int element, double step)
    {
        double[] moved = [.. theta];
        moved[element] += step;
        return new CpabTransform(moved);
    }

    private static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"Value {i}: expected {expected[i]}, got {actual[i]}.");
        }
    }
}
