using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

public sealed class SpectrumWarpsTests
{
    [Theory]
    [InlineData("index", typeof(IndexWarp))]
    [InlineData("value", typeof(ValueWarp))]
    public void ByName_KnownName_GivesThatWarp(string name, Type expected)
    {
        ISpectrumWarp warp = SpectrumWarps.ByName(name);

        Assert.IsType(expected, warp);
        Assert.Equal(name, warp.Name);
    }

    [Theory]
    [InlineData("Index")]
    [InlineData("lora")]
    [InlineData("")]
    public void ByName_UnknownName_NamesTheChoices(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SpectrumWarps.ByName(name));

        Assert.Contains($"'{name}'; expected one of index, value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_IsTheAuthorsCode() => Assert.Equal("index", SpectrumWarps.Default.Name);

    [Fact]
    public void ValueWide_PositiveField_RaisesEveryValueAndStaysBelowTheTop()
    {
        double[] sigma = [4, 2, 1];
        double[] theta = [.. Enumerable.Repeat(0.8, 7)];
        double[] wide = new double[3];
        double[] narrow = new double[3];

        SpectrumWarps.ByName("value-wide").Apply(sigma, theta, wide);
        SpectrumWarps.ByName("value").Apply(sigma, theta, narrow);

        Assert.All(sigma.Zip(wide), pair => Assert.InRange(pair.Second, pair.First * 1.01, 6));
        Assert.Equal(4, narrow[0]);
        Assert.True(wide[0] > wide[1] && wide[1] > wide[2]);
    }

    public static TheoryData<string> Names => [.. SpectrumWarps.All.Select(warp => warp.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_EmptySpectrum_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => SpectrumWarps.ByName(name).Apply([], [0.5], []));

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_EmptyTheta_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => SpectrumWarps.ByName(name).Apply([1], [], new double[1]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_ThetaNotFinite_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => SpectrumWarps.ByName(name).Apply([1], [double.NaN], new double[1]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_ResultOfAnotherLength_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => SpectrumWarps.ByName(name).Apply([2, 1], [0.5], new double[3]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Jacobian_ResultOfAnotherLength_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => SpectrumWarps.ByName(name).Jacobian([2, 1], [0.5, 0.1], new double[3]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Apply_SpectrumThatIsNone_ThrowsAndNamesTheValue(double value)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SpectrumWarps.Default.Apply([2, value], [0.5], new double[2]));

        Assert.Contains("number 1 of 2", error.Message, StringComparison.Ordinal);
    }
}
