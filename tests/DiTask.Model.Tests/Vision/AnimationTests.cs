using System.Buffers.Binary;
using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

public sealed class AnimationTests
{
    [Theory]
    [InlineData("webp-animated.webp", 2)]
    [InlineData("webp-lossy.webp", 1)]
    [InlineData("webp-lossy-alpha.webp", 1)]
    [InlineData("png-rgb8.png", 1)]
    [InlineData("jpeg-baseline.jpg", 1)]
    [InlineData("bmp-24.bmp", 1)]
    public void Identify_AnyFile_CountsItsFrames(string name, int frames) => Assert.Equal(frames, ImageDecoder.Identify(Read(name)).Frames);

    [Theory]
    [InlineData(3, 3)]
    [InlineData(uint.MaxValue, int.MaxValue)]
    [InlineData(0, 1)]
    public void Identify_AnimatedPng_CountsTheFramesOfItsControlChunk(uint written, int frames) =>
        Assert.Equal(frames, ImageDecoder.Identify(AnimatedPng(written)).Frames);

    [Fact]
    public void Decode_AnimatedPng_GivesTheDefaultPicture() => Assert.Equal(Pixels(Read("png-rgb8.png")), Pixels(AnimatedPng(3)));

    [Fact]
    public void Identify_LengthsBeyondTheFile_EndTheWalk()
    {
        byte[] webp = Read("webp-animated.webp");
        BinaryPrimitives.WriteUInt32LittleEndian(webp.AsSpan(16), uint.MaxValue);

        Assert.Equal(1, ImageDecoder.Identify(webp).Frames);
    }

    /// <summary>
    /// A still picture with an animation control chunk behind its header; checksums of chunks that a decoder skips do not matter.
    /// </summary>
    private static byte[] AnimatedPng(uint frames)
    {
        const int HeaderEnd = 33;
        byte[] still = Read("png-rgb8.png");
        byte[] control = [0, 0, 0, 8, .. "acTL"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(control.AsSpan(8), frames);
        return [.. still[..HeaderEnd], .. control, .. still[HeaderEnd..]];
    }
}
