using WeakGlibcxx;

namespace DiTask.Model.Tests.Build;

/// <summary>The build step that lets TorchSharp's library load with the libstdc++ of GCC 12, on made-up libraries and on its own result.</summary>
public sealed class VersionNeedTests
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Symbol = "_ZSt21ios_base_library_initv";

    [Fact]
    public void Weaken_SymbolThatNothingUses_SetsTheFlagAlone()
    {
        MadeLibrary made = new();
        byte[] before = made.Write();
        byte[] after = [.. before];

        VersionFix fix = VersionNeed.Weaken(after, Version, Symbol);

        Assert.True(fix.Changed, fix.Reason);
        Assert.Equal([made.FlagsOffset], Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));
        Assert.Equal(2, after[made.FlagsOffset]);
        Assert.False(VersionNeed.Weaken(after, Version, Symbol).Changed);
    }

    public static TheoryData<string, string> Unchanged => new()
    {
        { "relocation", "uses _ZSt21ios_base_library_initv" },
        { "another symbol", "for _ZSomething, expected _ZSt21ios_base_library_initv alone" },
        { "a second symbol", "for _ZSt21ios_base_library_initv, other, expected" },
        { "an older version", "does not ask for GLIBCXX_3.4.32" },
        { "weak already", "weakly already" },
    };

    [Theory]
    [MemberData(nameof(Unchanged))]
    public void Weaken_AnythingElse_ChangesNoByteAndSaysWhy(string kind, string reason)
    {
        byte[] library = Made(kind).Write();
        byte[] before = [.. library];

        VersionFix fix = VersionNeed.Weaken(library, Version, Symbol);

        Assert.False(fix.Changed);
        Assert.Contains(reason, fix.Reason, StringComparison.Ordinal);
        Assert.Equal(before, library);
    }

    [Fact]
    public void Weaken_CutAtEveryByte_IsRefusedAndUnchanged()
    {
        byte[] whole = new MadeLibrary().Write();
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];

            Assert.Throws<InvalidDataException>(() => VersionNeed.Weaken(cut, Version, Symbol));

            Assert.Equal(whole[..length], cut);
        }
    }

    /// <summary>Every byte changed to a few values: refused or answered, and never another exception.</summary>
    [Fact]
    public void Weaken_AnyByteChanged_IsAnsweredOrRefused()
    {
        byte[] whole = new MadeLibrary().Write();
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7f, 0x80, 0xff])
            {
                byte[] changed = [.. whole];
                changed[at] = value;

                Exception? exception = Record.Exception(() => VersionNeed.Weaken(changed, Version, Symbol));

                Assert.True(exception is null or InvalidDataException, $"byte {at} = {value}: {exception}");
            }
        }
    }

    private static MadeLibrary Made(string kind) => kind switch
    {
        "relocation" => new() { Relocation = true },
        "another symbol" => new() { Symbol = "_ZSomething" },
        "a second symbol" => new() { SecondUser = true },
        "an older version" => new() { Version = "GLIBCXX_3.4.30" },
        "weak already" => new() { Flags = 2 },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
