using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

public sealed class VelocityBasisTests
{
    [Fact]
    public void Matrix_FourCells_IsTheSpecificationsExample()
    {
        double[] expected =
        [
            1, 1 / 2.0, 1 / 3.0,
            0, 0, 0,
            -1, 1 / 2.0, 1 / 3.0,
            1 / 2.0, 0, 0,
            0, -1, 1 / 3.0,
            0, 3 / 4.0, 0,
            0, 0, -1,
            0, 0, 1,
        ];

        Assert.Equal(expected, new VelocityBasis(new Tessellation(4)).Matrix());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public void NodalVelocities_AnyTheta_InterpolateTheMatrixProduct(int cells)
    {
        VelocityBasis basis = new(new Tessellation(cells));
        double[] matrix = basis.Matrix();
        double[] theta = [.. Enumerable.Range(1, cells - 1).Select(k => Math.Sin(k))];
        double[] velocities = new double[cells + 1];

        basis.NodalVelocities(theta, velocities);

        Assert.Equal(0, velocities[0]);
        Assert.Equal(0, velocities[cells]);
        for (int cell = 0; cell < cells; cell++)
        {
            double slope = Row(matrix, theta, 2 * cell);
            double intercept = Row(matrix, theta, (2 * cell) + 1);
            Assert.Equal(velocities[cell], (slope * cell / cells) + intercept, 1e-13);
            Assert.Equal(velocities[cell + 1], (slope * (cell + 1) / cells) + intercept, 1e-13);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void NodalVelocities_ThetaNotFinite_ThrowsAndNamesTheElement(double value)
    {
        VelocityBasis basis = new(new Tessellation(4));

        ArgumentException error = Assert.Throws<ArgumentException>(() => basis.NodalVelocities([0, value, 0], new double[5]));

        Assert.Contains("element 1 of 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NodalVelocities_ThetaThatOverflows_Throws()
    {
        VelocityBasis basis = new(new Tessellation(3));

        Assert.Throws<ArgumentException>(() => basis.NodalVelocities([double.MaxValue, double.MaxValue], new double[4]));
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    public void NodalVelocities_BufferOfAnotherSize_Throws(int parameters, int vertices)
    {
        VelocityBasis basis = new(new Tessellation(4));

        Assert.Throws<ArgumentException>(() => basis.NodalVelocities(new double[parameters], new double[vertices]));
    }

    [Fact]
    public void Function_EachCell_AgreesWithTheMatrix()
    {
        const int Cells = 5;
        VelocityBasis basis = new(new Tessellation(Cells));
        double[] matrix = basis.Matrix();

        for (int k = 1; k < Cells; k++)
        {
            for (int cell = 0; cell < Cells; cell++)
            {
                double x = (cell + 0.3) / Cells;
                double slope = matrix[(2 * cell * (Cells - 1)) + k - 1];
                double intercept = matrix[(((2 * cell) + 1) * (Cells - 1)) + k - 1];
                (double value, double actualSlope) = basis.Function(k, cell, x);
                Assert.Equal(slope, actualSlope);
                Assert.Equal((slope * x) + intercept, value, 1e-15);
            }
        }
    }

    private static double Row(double[] matrix, double[] theta, int row) =>
        theta.Select((value, column) => value * matrix[(row * theta.Length) + column]).Sum();
}
