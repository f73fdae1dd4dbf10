using System.Buffers.Binary;
using System.Text;

namespace DiTask.Model.Tests.Build;

/// <summary>Writes a small ELF library: one dependency with one version, two symbols, and on request a relocation.</summary>
internal sealed class MadeLibrary
{
    private const int Header = 64;
    private const int SectionHeader = 64;
    private const ushort VersionIndex = 7;

    /// <summary>Version that libstdc++.so.6 is asked for.</summary>
    public string Version { get; init; } = "GLIBCXX_3.4.32";

    /// <summary>Symbol of that version.</summary>
    public string Symbol { get; init; } = "_ZSt21ios_base_library_initv";

    /// <summary>Whether a second symbol has that version too.</summary>
    public bool SecondUser { get; init; }

    /// <summary>Whether a relocation refers to <see cref="Symbol"/>.</summary>
    public bool Relocation { get; init; }

    /// <summary>Flags of the version: 2 is weak.</summary>
    public ushort Flags { get; init; }

    /// <summary>Offset of the flags within what <see cref="Write"/> returns.</summary>
    public int FlagsOffset { get; private set; }

    public byte[] Write()
    {
        using MemoryStream text = new();
        text.WriteByte(0);
        uint Name(string name)
        {
            uint at = (uint)text.Length;
            text.Write(Encoding.ASCII.GetBytes(name + "\0"));
            return at;
        }

        byte[] symbols = new byte[3 * 24];
        BinaryPrimitives.WriteUInt32LittleEndian(symbols.AsSpan(24), Name(Symbol));
        BinaryPrimitives.WriteUInt32LittleEndian(symbols.AsSpan(48), Name("other"));
        byte[] versions = new byte[3 * 2];
        BinaryPrimitives.WriteUInt16LittleEndian(versions.AsSpan(2), VersionIndex);
        BinaryPrimitives.WriteUInt16LittleEndian(versions.AsSpan(4), SecondUser ? VersionIndex : (ushort)1);
        byte[] needs = new byte[32];
        BinaryPrimitives.WriteUInt16LittleEndian(needs, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(needs.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(needs.AsSpan(4), Name("libstdc++.so.6"));
        BinaryPrimitives.WriteUInt32LittleEndian(needs.AsSpan(8), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(needs.AsSpan(20), Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(needs.AsSpan(22), VersionIndex);
        BinaryPrimitives.WriteUInt32LittleEndian(needs.AsSpan(24), Name(Version));
        byte[] relocations = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(relocations.AsSpan(8), ((Relocation ? 1UL : 2UL) << 32) | 6);

        // Type, content, and the section of its names.
        (uint Type, byte[] Content, uint Link)[] sections =
            [(3, text.ToArray(), 0), (11, symbols, 0), (0x6fffffff, versions, 1), (0x6ffffffe, needs, 0), (4, relocations, 1)];
        byte[] library = new byte[Header + sections.Sum(section => section.Content.Length) + (sections.Length * SectionHeader)];
        "\u007fELF\u0002\u0001"u8.CopyTo(library);
        int at = Header;
        int headers = library.Length - (sections.Length * SectionHeader);
        BinaryPrimitives.WriteUInt64LittleEndian(library.AsSpan(40), (ulong)headers);
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(58), SectionHeader);
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(60), (ushort)sections.Length);
        foreach ((uint type, byte[] content, uint link) in sections)
        {
            FlagsOffset = content == needs ? at + 20 : FlagsOffset;
            content.CopyTo(library, at);
            Span<byte> header = library.AsSpan(headers, SectionHeader);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[24..], (ulong)at);
            BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)content.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[40..], link);
            at += content.Length;
            headers += SectionHeader;
        }

        return library;
    }
}
