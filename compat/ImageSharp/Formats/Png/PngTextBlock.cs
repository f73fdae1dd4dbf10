using System.Runtime.InteropServices;
using System.Text;
using SixLabors.ImageSharp.Formats.Png.Chunks;
using SixLabors.ImageSharp.Native;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>Texts as the array of C structs that the library wants, in memory that stays where it is until disposed.</summary>
internal sealed unsafe class PngTextBlock : IDisposable
{
    private readonly List<nint> allocations = [];

    public PngTextBlock(IList<PngTextData> texts)
    {
        // Before the first allocation: an exception in a constructor leaves nobody to free it.
        foreach (PngTextData text in texts)
        {
            if (text.Keyword is not { Length: > 0 and < SpngText.KeywordBytes } || !IsLatin1(text.Keyword))
            {
                throw new ImageProcessingException($"PNG text keyword '{text.Keyword}': expected 1 to {SpngText.KeywordBytes - 1} Latin-1 characters.");
            }
        }

        Count = texts.Count;
        Pointer = (SpngText*)Allocate(texts.Count * sizeof(SpngText));
        for (int i = 0; i < texts.Count; i++)
        {
            Fill(ref Pointer[i], texts[i]);
        }
    }

    public int Count { get; }

    public SpngText* Pointer { get; }

    public void Dispose()
    {
        foreach (nint allocation in allocations)
        {
            NativeMemory.Free((void*)allocation);
        }

        allocations.Clear();
    }

    private static bool IsLatin1(string? text) => text is null || text.All(character => character <= 0xFF);

    private void Fill(ref SpngText native, PngTextData text)
    {
        Encoding.Latin1.GetBytes(text.Keyword).CopyTo(MemoryMarshal.CreateSpan(ref native.Keyword[0], SpngText.KeywordBytes));
        bool plain = IsLatin1(text.Value) && string.IsNullOrEmpty(text.LanguageTag) && string.IsNullOrEmpty(text.TranslatedKeyword);
        byte[] value = (plain ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text.Value ?? string.Empty);
        native.Type = plain ? SpngText.TypeText : SpngText.TypeInternational;
        native.Length = (nuint)value.Length;
        native.Text = Copy(value);
        native.CompressionFlag = 0;
        native.CompressionMethod = 0;
        native.LanguageTag = Copy(Encoding.Latin1.GetBytes(text.LanguageTag ?? string.Empty));
        native.TranslatedKeyword = Copy(Encoding.UTF8.GetBytes(text.TranslatedKeyword ?? string.Empty));
    }

    private byte* Copy(byte[] bytes)
    {
        byte* copy = Allocate(bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    private byte* Allocate(int bytes)
    {
        byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(bytes, 1));
        allocations.Add((nint)memory);
        return memory;
    }
}
