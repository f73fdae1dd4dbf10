using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>The image size that a checkpoint was trained at; no weight depends on it, so it is read from what was kept beside them.</summary>
internal static class ImageSizeDetector
{
    private const int PublishedSwinSize = 224;
    private const int LargestSize = 1 << 15;

    /// <summary>The size and what says it.</summary>
    /// <param name="keys">The checkpoint.</param>
    /// <param name="backbone">Its backbone, whose image size is not yet known.</param>
    /// <param name="given">What the caller wants.</param>
    /// <param name="bare">It is a plain Swin.</param>
    public static (int Size, ImageSizeSource Source) Detect(KeyTable keys, BackboneConfig backbone, int? given, bool bare)
    {
        List<(int Size, ImageSizeSource Source)> found = [];
        AddFromMasks(keys, backbone, Add);
        for (int stage = 1; stage < backbone.Depths.Count; stage++)
        {
            if (backbone.WindowSizes[stage] < backbone.WindowSizes[0])
            {
                Add((long)backbone.PatchSize * backbone.WindowSizes[stage] << stage, ImageSizeSource.WindowSize);
            }
        }

        int? embedded = EmbeddingSide(keys, backbone);
        if (embedded is int side)
        {
            Add((long)side * backbone.PatchSize, ImageSizeSource.PositionEmbedding);
        }

        if (keys.File.Config?.GetInt("DATA.IMG_SIZE") is int configured && configured > 0)
        {
            Add(configured, ImageSizeSource.EmbeddedConfig);
        }

        foreach ((int size, ImageSizeSource source) in found.Where(other => other.Size != found[0].Size).Distinct())
        {
            keys.Notes.Add($"image size: {found[0].Source} says {found[0].Size}, {source} says {size}");
        }

        if (given is int wanted)
        {
            if (embedded is int tokens && tokens * backbone.PatchSize != wanted)
            {
                keys.Problems.Add($"image size {wanted} does not fit the absolute position embedding, which is for {tokens * backbone.PatchSize}");
            }

            return (wanted, ImageSizeSource.Given);
        }

        if (found.Count > 0)
        {
            return found[0];
        }

        if (bare)
        {
            return (PublishedSwinSize, ImageSizeSource.Convention);
        }

        keys.Problems.Add("nothing in the file says the image size: no attention mask, position embedding or training configuration; give --image-size");
        return (0, ImageSizeSource.Unknown);

        void Add(long size, ImageSizeSource source)
        {
            if (size <= LargestSize)
            {
                found.Add(((int)size, source));
            }
            else
            {
                keys.Notes.Add($"image size: {source} says {size}, more than {LargestSize}");
            }
        }
    }

    // A mask is [windows, w^2, w^2], and windows = (grid / w)^2.
    private static void AddFromMasks(KeyTable keys, BackboneConfig backbone, Action<long, ImageSizeSource> add)
    {
        for (int stage = 0; stage < backbone.Depths.Count; stage++)
        {
            int window = backbone.WindowSizes[stage];
            string key = $"{backbone.KeyPrefix}layers.{stage}.blocks.1.attn_mask";
            if (keys.Shape(key) is not { Count: 3 } shape)
            {
                continue;
            }

            int perSide = (int)Math.Sqrt(shape[0]);
            if (perSide * perSide != shape[0] || shape[1] != window * window || shape[2] != shape[1])
            {
                keys.Notes.Add($"'{key}' is [{string.Join(',', shape)}], expected [n^2,{window * window},{window * window}]");
                continue;
            }

            add((long)backbone.PatchSize * window * perSide << stage, ImageSizeSource.AttentionMask);
        }
    }

    private static int? EmbeddingSide(KeyTable keys, BackboneConfig backbone)
    {
        if (!backbone.AbsolutePositionEmbedding || keys.Require(backbone.KeyPrefix + "absolute_pos_embed", rank: 3) is not { } shape)
        {
            return null;
        }

        int side = (int)Math.Sqrt(shape[1]);
        if (side * side == shape[1])
        {
            return side;
        }

        keys.Problems.Add($"'{backbone.KeyPrefix}absolute_pos_embed' has {shape[1]} tokens, expected a square");
        return null;
    }
}
