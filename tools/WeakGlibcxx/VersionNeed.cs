using System.Buffers.Binary;
using System.Text;

namespace WeakGlibcxx;

/// <summary>What became of a library.</summary>
/// <param name="Changed">Whether a byte was changed.</param>
/// <param name="Reason">What was done, or why nothing was.</param>
public readonly record struct VersionFix(bool Changed, string Reason);

/// <summary>Marks one version that a 64-bit little-endian ELF library asks for as weak, so that loaders accept a dependency without it.</summary>
/// <remarks>
/// A version is recorded in section <c>.gnu.version_r</c>; each dynamic symbol names its version by index in <c>.gnu.version</c>. The loader
/// checks versions before symbols, and skips those with <c>VER_FLG_WEAK</c> (ELF gABI, symbol versioning; glibc's <c>dl-version.c</c>).
/// </remarks>
public static class VersionNeed
{
    private const int HeaderBytes = 64;
    private const int SectionBytes = 64;
    private const int SymbolBytes = 24;
    private const int RelocationBytes = 24;
    private const int NeedBytes = 16;
    private const ushort Weak = 2;
    private const ushort IndexMask = 0x7fff;

    private const uint RelocationSection = 4;
    private const uint DynamicSymbolSection = 11;
    private const uint VersionNeedSection = 0x6ffffffe;
    private const uint SymbolVersionSection = 0x6fffffff;

    /// <summary>
    /// Sets the weak flag of <paramref name="version"/> in <paramref name="library"/> if <paramref name="symbol"/> is the only symbol of that
    /// version and no relocation refers to it; otherwise leaves every byte as it is.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a whole 64-bit little-endian ELF library.</exception>
    public static VersionFix Weaken(Span<byte> library, string version, string symbol)
    {
        Section[] sections = Sections(library);
        if (Find(library, sections, version) is not { } need)
        {
            return new VersionFix(false, $"does not ask for {version}; unchanged.");
        }

        if ((need.Flags & Weak) != 0)
        {
            return new VersionFix(false, $"asks for {version} weakly already; unchanged.");
        }

        List<(int Index, string Name)> users = SymbolsOf(library, sections, need.Index);
        if (users is not [var only] || only.Name != symbol)
        {
            string names = string.Join(", ", users.Select(user => user.Name));
            return new VersionFix(false, $"needs {version} for {names}, expected {symbol} alone; unchanged, so it loads only where libstdc++ has that version.");
        }

        if (HasRelocation(library, sections, only.Index))
        {
            return new VersionFix(false, $"uses {symbol} of {version}; unchanged, so it loads only where libstdc++ has that version.");
        }

        BinaryPrimitives.WriteUInt16LittleEndian(library[need.FlagsOffset..], (ushort)(need.Flags | Weak));
        return new VersionFix(true, $"asks for {version} weakly now, as it never uses {symbol}: it loads with the libstdc++ of GCC 12 (Debian 12) too.");
    }

    private static Section[] Sections(ReadOnlySpan<byte> library)
    {
        if (library.Length < HeaderBytes || !library.StartsWith("\x7f"u8) || !library[1..].StartsWith("ELF\x02\x01"u8))
        {
            throw new InvalidDataException($"Expected a 64-bit little-endian ELF library; found {library.Length} bytes that begin with {Convert.ToHexString(library[..Math.Min(6, library.Length)])}.");
        }

        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(library[40..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(library[58..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(library[60..]);
        if (size != SectionBytes)
        {
            throw new InvalidDataException($"Expected section headers of {SectionBytes} bytes; found {size}.");
        }

        ReadOnlySpan<byte> headers = Slice(library, offset, (ulong)(count * SectionBytes), "the section headers");
        var sections = new Section[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = headers.Slice(i * SectionBytes, SectionBytes);
            sections[i] = new Section(
                BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[40..]));
        }

        return sections;
    }

    // Two chains: libraries by vn_next, and the versions asked of each by vna_next.
    private static Need? Find(ReadOnlySpan<byte> library, Section[] sections, string version)
    {
        foreach (Section section in sections.Where(section => section.Type == VersionNeedSection))
        {
            ReadOnlySpan<byte> needs = Bytes(library, section);
            ReadOnlySpan<byte> strings = Strings(library, sections, section);
            for (long file = 0, next = -1; next != 0; file += next)
            {
                ReadOnlySpan<byte> entry = Slice(needs, (ulong)file, NeedBytes, "an entry of .gnu.version_r");
                int versions = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
                long at = file + BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
                for (int i = 0; i < versions; i++)
                {
                    ReadOnlySpan<byte> need = Slice(needs, (ulong)at, NeedBytes, "a version of .gnu.version_r");
                    if (Text(strings, BinaryPrimitives.ReadUInt32LittleEndian(need[8..])) == version)
                    {
                        ushort index = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(need[6..]) & IndexMask);
                        return new Need(index, BinaryPrimitives.ReadUInt16LittleEndian(need[4..]), (int)section.Offset + (int)at + 4);
                    }

                    at += BinaryPrimitives.ReadUInt32LittleEndian(need[12..]);
                }

                next = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
            }
        }

        return null;
    }

    private static List<(int Index, string Name)> SymbolsOf(ReadOnlySpan<byte> library, Section[] sections, ushort version)
    {
        Section table = One(sections, DynamicSymbolSection, ".dynsym");
        ReadOnlySpan<byte> symbols = Bytes(library, table);
        ReadOnlySpan<byte> strings = Strings(library, sections, table);
        ReadOnlySpan<byte> versions = Bytes(library, One(sections, SymbolVersionSection, ".gnu.version"));
        List<(int Index, string Name)> found = [];
        for (int i = 0; i < Math.Min(versions.Length / sizeof(ushort), symbols.Length / SymbolBytes); i++)
        {
            if ((BinaryPrimitives.ReadUInt16LittleEndian(versions[(i * sizeof(ushort))..]) & IndexMask) == version)
            {
                found.Add((i, Text(strings, BinaryPrimitives.ReadUInt32LittleEndian(symbols[(i * SymbolBytes)..]))));
            }
        }

        return found;
    }

    private static bool HasRelocation(ReadOnlySpan<byte> library, Section[] sections, int symbol)
    {
        foreach (Section section in sections.Where(section => section.Type == RelocationSection))
        {
            ReadOnlySpan<byte> relocations = Bytes(library, section);
            for (int at = 0; at + RelocationBytes <= relocations.Length; at += RelocationBytes)
            {
                if (BinaryPrimitives.ReadUInt64LittleEndian(relocations[(at + 8)..]) >> 32 == (ulong)symbol)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Section One(Section[] sections, uint type, string name) =>
        sections.Where(section => section.Type == type).ToArray() is [var only]
            ? only
            : throw new InvalidDataException($"Expected one section {name}; found {sections.Count(section => section.Type == type)}.");

    private static ReadOnlySpan<byte> Strings(ReadOnlySpan<byte> library, Section[] sections, Section user) =>
        user.Link < sections.Length
            ? Bytes(library, sections[user.Link])
            : throw new InvalidDataException($"Expected a section of names below {sections.Length}; found number {user.Link}.");

    private static string Text(ReadOnlySpan<byte> strings, uint offset)
    {
        int length = offset < strings.Length ? strings[(int)offset..].IndexOf((byte)0) : -1;
        return length >= 0
            ? Encoding.ASCII.GetString(strings.Slice((int)offset, length))
            : throw new InvalidDataException($"Expected a name within {strings.Length} bytes; found offset {offset}.");
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> library, Section section) => Slice(library, section.Offset, section.Size, "a section");

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, ulong offset, ulong length, string what) =>
        offset <= (ulong)bytes.Length && length <= (ulong)bytes.Length - offset
            ? bytes.Slice((int)offset, (int)length)
            : throw new InvalidDataException($"Expected {what} within {bytes.Length} bytes; found {length} bytes at offset {offset}.");

    private readonly record struct Section(uint Type, ulong Offset, ulong Size, uint Link);

    private readonly record struct Need(ushort Index, ushort Flags, int FlagsOffset);
}
