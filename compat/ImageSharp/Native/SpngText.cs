namespace SixLabors.ImageSharp.Native;

/// <summary>struct spng_text.</summary>
internal unsafe struct SpngText
{
    public const int KeywordBytes = 80;
    public const int TypeText = 1;
    public const int TypeInternational = 3;

    public fixed byte Keyword[KeywordBytes];
    public int Type;
    public nuint Length;
    public byte* Text;
    public byte CompressionFlag;
    public byte CompressionMethod;
    public byte* LanguageTag;
    public byte* TranslatedKeyword;
}
