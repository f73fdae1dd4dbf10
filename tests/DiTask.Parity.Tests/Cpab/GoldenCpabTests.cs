using System.Text.Json;
using DiTask.Model.Cpab;
using DiTask.Tests;

namespace DiTask.Parity.Tests.Cpab;

/// <summary>Every array under Fixtures/golden/cpab: the authors' transform on 13 thetas, 5 tessellations and up to 10 spectra.</summary>
public sealed class GoldenCpabTests
{
    private static readonly int[] Tessellations = [2, 3, 4, 16, 64];

    // At theta = 0 every place falls on an index, where the interpolant has a kink: the reference's value depends on its rounding.
    private static readonly string[] KindsWithKinks = ["zeros", "tiny_1e-7", "tiny_1e-5", "n10_extreme"];

    private static readonly string[] Kinds =
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Fixture.Path("golden", "cpab", "kinds.json")))!;

    public static TheoryData<int> Sizes => [.. Tessellations];

    public static TheoryData<int, string> Spectra => Files("S_*.npy", "S_");

    public static TheoryData<int, string> Grids => Files("phi_*.npy", "phi_");

    [Theory]
    [MemberData(nameof(Sizes))]
    public void VelocityBasis_OfEachTessellation_EqualsTheReferenceBitForBit(int cells)
    {
        Npy expected = Golden(cells, "B");

        float[] actual = [.. new VelocityBasis(new Tessellation(cells)).Matrix().Select(value => (float)value)];

        Assert.Equal([2 * cells, cells - 1], expected.Shape);
        Assert.Equal(expected.Singles, actual);
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void CpabTransform_OfEachTheta_MatchesExactAndReferenceValues(int cells, string points)
    {
        int count = int.Parse(points, System.Globalization.CultureInfo.InvariantCulture);
        // Row 0 is theta = 0: the points themselves, as float32 torch.linspace rounded them.
        double[] grid = Golden(cells, $"phi64_{points}").Doubles[..count];
        Assert.All(grid.Select((point, i) => (point, i)), item => Assert.Equal(item.i, item.point * (count - 1), 1e-5));

        double[] actual = [.. Thetas(cells).SelectMany(theta =>
        {
            double[] phi = new double[count];
            new CpabTransform(theta).Apply(grid, phi);
            return phi;
        })];

        Close(Golden(cells, $"phi64_{points}").Doubles, actual, CpabTolerances.PhiExact);
        Close(Golden(cells, $"phi_{points}").Doubles, actual, CpabTolerances.PhiSingle);
    }

    [Theory]
    [MemberData(nameof(Spectra))]
    public void IndexWarp_OfEachTheta_MatchesExactAndReferenceValues(int cells, string spectrum)
    {
        double[] sigma = Golden(cells, $"S_{spectrum}").Doubles;

        double[] actual = [.. Thetas(cells).SelectMany(theta =>
        {
            double[] warped = new double[sigma.Length];
            new IndexWarp().Apply(sigma, theta, warped);
            return warped;
        })];

        Close(Golden(cells, $"St64_{spectrum}").Doubles, actual, CpabTolerances.SpectrumExact * sigma.Max());
        Close(Golden(cells, $"St_{spectrum}").Doubles, actual, CpabTolerances.SpectrumSingle * sigma.Max());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Jacobian_OfEachThetaWithoutKinks_MatchesReferenceGradients(int cells)
    {
        double[] sigma = Golden(cells, "S_gauss48").Doubles;
        double[] weights = Golden(cells, "grad_weights").Doubles;
        double[] reference = Golden(cells, "grad_theta_gauss48").Doubles;
        double[] differences = Golden(cells, "grad_theta_fd64_gauss48").Doubles;

        int compared = 0;
        int parameters = cells - 1;
        foreach ((string kind, int row) in Kinds.Select((kind, row) => (kind, row)).Where(item => !KindsWithKinks.Contains(item.kind)))
        {
            double[] jacobian = new double[sigma.Length * parameters];
            new IndexWarp().Jacobian(sigma, Thetas(cells)[row], jacobian);
            double[] actual = [.. Enumerable.Range(0, parameters).Select(k => weights.Select((weight, i) => weight * jacobian[(i * parameters) + k]).Sum())];

            CloseGradient(reference[(row * parameters)..((row + 1) * parameters)], actual, kind);
            CloseGradient(differences[(row * parameters)..((row + 1) * parameters)], actual, kind);
            compared++;
        }

        Assert.Equal(Kinds.Length - KindsWithKinks.Length, compared);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void IndexWarp_AsALinearMapOfTheSpectrum_MatchesReferenceGradientInSigma(int cells)
    {
        double[] weights = Golden(cells, "grad_weights").Doubles;
        double[] reference = Golden(cells, "grad_S_gauss48").Doubles;
        int count = weights.Length;

        for (int row = 0; row < Kinds.Length; row++)
        {
            double[] theta = Thetas(cells)[row];
            double[] actual = [.. Enumerable.Range(0, count).Select(column =>
            {
                double[] unit = new double[count];
                unit[column] = 1;
                double[] warped = new double[count];
                new IndexWarp().Apply(unit, theta, warped);
                return weights.Zip(warped).Sum(pair => pair.First * pair.Second);
            })];

            CloseGradient(reference[(row * count)..((row + 1) * count)], actual, Kinds[row]);
        }
    }

    [Fact]
    public void ExampleOfFourCells_EachCase_MatchesExactAndReferenceValues()
    {
        using JsonDocument example = JsonDocument.Parse(File.ReadAllText(Fixture.Path("golden", "cpab", "example_tess4.json")));
        double[] sigma = Numbers(example.RootElement, "S");
        double[] basis = [.. example.RootElement.GetProperty("basis").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble()))];
        double[] grid = [.. Enumerable.Range(0, sigma.Length).Select(i => (double)i / (sigma.Length - 1))];

        Assert.Equal(basis, new VelocityBasis(new Tessellation(4)).Matrix().Select(value => (double)(float)value));
        foreach (JsonElement item in example.RootElement.GetProperty("cases").EnumerateArray())
        {
            double[] theta = Numbers(item, "theta");
            double[] phi = new double[sigma.Length];
            double[] warped = new double[sigma.Length];
            new CpabTransform(theta).Apply(grid, phi);
            new IndexWarp().Apply(sigma, theta, warped);

            Close(Numbers(item, "phi"), phi, CpabTolerances.PhiSingle);
            Close(Numbers(item, "St"), warped, CpabTolerances.SpectrumSingle * sigma.Max());
            Close(Numbers(item, "phi_exact"), phi, CpabTolerances.PhiExact);
            Close(Numbers(item, "St_exact"), warped, CpabTolerances.SpectrumExact * sigma.Max());
        }
    }

    private static Npy Golden(int cells, string name) => Fixture.Golden("cpab", $"tess{cells}", name + ".npy");

    private static double[][] Thetas(int cells)
    {
        double[] values = Golden(cells, "theta").Doubles;
        return [.. values.Chunk(cells - 1)];
    }

    private static TheoryData<int, string> Files(string pattern, string prefix)
    {
        TheoryData<int, string> data = [];
        foreach (int cells in Tessellations)
        {
            foreach (string file in Directory.EnumerateFiles(Fixture.Path("golden", "cpab", $"tess{cells}"), pattern).Order(StringComparer.Ordinal))
            {
                data.Add(cells, Path.GetFileNameWithoutExtension(file)[prefix.Length..]);
            }
        }

        return data;
    }

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static void CloseGradient(double[] expected, double[] actual, string kind) =>
        Close(expected, actual, (CpabTolerances.GradientRelative * expected.Max(Math.Abs)) + CpabTolerances.GradientFloor, kind);

    private static void Close(double[] expected, double[] actual, double tolerance, string what = "row-major")
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(worst <= tolerance, $"{what}: differs by up to {worst:E2}, allowed are {tolerance:E2}.");
    }
}
