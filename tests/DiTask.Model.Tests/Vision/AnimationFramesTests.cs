using System.Buffers.Binary;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class AnimationFramesTests
{
    [Theory]
    [InlineData("webp-animated.webp", 2)]
    [InlineData("webp-lossy.webp", 1)]
    [InlineData("webp-lossy-alpha.webp", 1)]
    [InlineData("png-rgb8.png", 1)]
    [InlineData("jpeg-baseline.jpg", 1)]
    [InlineData("bmp-24.bmp", 1)]
    public void Identify_AnyFile_CountsItsFrames(string name, int frames) =>
        Assert.Equal(frames, ImageDecoder.Identify(File.ReadAllBytes(Fixture.Path("images", name))).Frames);

    [Fact]
    public void Identify_AnimatedPng_CountsTheFramesOfItsControlChunk()
    {
        Assert.Equal(3, ImageDecoder.Identify(AnimatedPng(3)).Frames);
        Assert.Equal(int.MaxValue, AnimationFrames.Count(AnimatedPng(uint.MaxValue)));
        Assert.Equal(1, AnimationFrames.Count(AnimatedPng(0)));
    }

    [Fact]
    public void Count_TruncatedAtEveryByte_NeverThrows()
    {
        foreach (byte[] file in new[] { AnimatedPng(2), File.ReadAllBytes(Fixture.Path("images", "webp-animated.webp")) })
        {
            for (int length = 0; length <= file.Length; length++)
            {
                Assert.InRange(AnimationFrames.Count(file.AsSpan(0, length)), 1, 2);
            }
        }
    }

    [Fact]
    public void Count_LengthsBeyondTheFile_EndTheWalk()
    {
        byte[] png = AnimatedPng(2);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(8), uint.MaxValue);
        byte[] webp = File.ReadAllBytes(Fixture.Path("images", "webp-animated.webp"));
        BinaryPrimitives.WriteUInt32LittleEndian(webp.AsSpan(16), uint.MaxValue);

        Assert.Equal(1, AnimationFrames.Count(png));
        Assert.Equal(1, AnimationFrames.Count(webp));
    }

    /// <summary>A still picture with an animation control chunk behind its header; checksums of chunks that a decoder skips do not matter.</summary>
    private static byte[] AnimatedPng(uint frames)
    {
        const int HeaderEnd = 33;
        byte[] still = File.ReadAllBytes(Fixture.Path("images", "png-rgb8.png"));
        byte[] control = [0, 0, 0, 8, .. "acTL"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(control.AsSpan(8), frames);
        return [.. still[..HeaderEnd], .. control, .. still[HeaderEnd..]];
    }
}
