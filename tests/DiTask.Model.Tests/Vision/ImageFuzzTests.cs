using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

/// <summary>Runs behind all others and alone, so that the processor time of the process is its own.</summary>
[CollectionDefinition(nameof(ImageFuzzTests), DisableParallelization = true)]
[Collection(nameof(ImageFuzzTests))]
public sealed class ImageFuzzTests
{
    private const int LargestSeedBytes = 3000;
    private const int Seed = 20;
    private const long MostPixels = 1_000_000;

    /// <summary>
    /// Some hundred times what decoding takes: processor time and not the clock, but caches, collections and compilation of the code itself
    /// are in it too.
    /// </summary>
    private static readonly TimeSpan MostTimePerPixelAndScan = TimeSpan.FromMicroseconds(2);
    private static readonly TimeSpan MostTimeBeside = TimeSpan.FromSeconds(2);

    private static readonly DecodeLimits Limits = new() { MaxPixels = MostPixels, MaxScanPixels = 10 * MostPixels };

    [Fact]
    public void Decode_ThreeThousandMutatedFiles_OnlyRefusesAndStaysWithinItsTimeAndMemory() => Run(3000);

    private static void Run(int files)
    {
        byte[][] seeds =
        [
            .. TestPictures.Names.Select(name => Fixture.Path("images", name))
                .Concat(Directory.EnumerateFiles(Fixture.Path("cases")).Order(StringComparer.Ordinal))
                .Where(path => Path.GetExtension(path) != ".md" && new FileInfo(path).Length <= LargestSeedBytes)
                .Select(File.ReadAllBytes),
        ];
        Random random = new(Seed);
        int decoded = 0;
        for (int i = 0; i < files; i++)
        {
            byte[] file = Mutator.Damage(random, seeds[random.Next(seeds.Length)], seeds);
            if (random.Next(4) != 0)
            {
                PngChecksums.Mend(file);
            }

            decoded += Decode(file, i) ? 1 : 0;
        }

        // Damage that is not damage, in comments and colours, is common: neither all nor nothing passes.
        Assert.InRange(decoded, files / 20, files * 2 / 3);
    }

    private static bool Decode(byte[] file, int number)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long pixels = 0;
        bool decoded = false;
        try
        {
            pixels = Math.Min(ImageDecoder.Identify(file).PixelCount, MostPixels);
            ImageDecoder.Decode(file, Limits).Dispose();
            decoded = true;
        }
        catch (ImageRejectedException)
        {
        }
        catch (Exception exception)
        {
            Assert.Fail($"File {number} of seed {Seed}: {exception}");
        }

        TimeSpan time = Environment.CpuUsage.TotalTime - start;
        int scans = Math.Max(1, file.AsSpan().Count((ReadOnlySpan<byte>)[0xFF, 0xDA]));
        Assert.True(
            time <= MostTimeBeside + (MostTimePerPixelAndScan * pixels * scans),
            $"File {number} of seed {Seed}: {time.TotalMilliseconds} ms of processor time for {pixels} pixels and {scans} scans.");
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            bytes <= (1 << 20) + (4 * file.Length) + (4 * pixels),
            $"File {number} of seed {Seed}: {bytes} bytes allocated for {pixels} pixels.");
        return decoded;
    }
}
