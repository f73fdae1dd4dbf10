using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>Numbers of parameters, as the reference counts them: buffers (masks, indices, batch statistics) are none.</summary>
/// <param name="Total">All.</param>
/// <param name="Trainable">Those that the reference trains: thetas, decoder and the backbone's extras.</param>
/// <param name="Thetas">The diffeomorphisms.</param>
/// <param name="DeadThetas">Those of them that no output depends on.</param>
/// <param name="Decoder">Downsamplers and heads.</param>
/// <param name="BackboneExtras">Patch embedding, norms, merging and relative position tables.</param>
/// <remarks><b>Source:</b> reference specification 6.</remarks>
internal sealed record ParameterCounts(long Total, long Trainable, long Thetas, long DeadThetas, long Decoder, long BackboneExtras)
{
    private static readonly string[] Extras = ["patch_embed", "norm", "downsample.reduction", "relative_position_bias_table"];

    /// <summary>Counts <paramref name="tensors"/>, which are those of <paramref name="config"/>.</summary>
    public static ParameterCounts Of(IEnumerable<(string Key, long Count)> tensors, ModelConfig? config)
    {
        HashSet<string> dead = config is null ? [] : [.. Checkpoints.DeadThetas.Of(config)];
        long total = 0;
        long thetas = 0;
        long deadThetas = 0;
        long decoder = 0;
        long extras = 0;
        foreach ((string key, long count) in tensors)
        {
            if (CheckedWeights.IsDerived(key) || key.EndsWith(".running_mean", StringComparison.Ordinal) || key.EndsWith(".running_var", StringComparison.Ordinal))
            {
                continue;
            }

            total += count;
            if (key.Contains("lora_", StringComparison.Ordinal))
            {
                thetas += count;
                deadThetas += dead.Contains(key) ? count : 0;
            }
            else if (key.StartsWith("downsampler.", StringComparison.Ordinal) || key.StartsWith("decoders.", StringComparison.Ordinal))
            {
                decoder += count;
            }
            else if (Array.Exists(Extras, name => key.Contains(name, StringComparison.Ordinal)))
            {
                extras += count;
            }
        }

        return new ParameterCounts(total, thetas + decoder + extras, thetas, deadThetas, decoder, extras);
    }
}
