using static TorchSharp.torch;

namespace DiTask.Model.Training.Losses;

/// <summary>A mean over what is known, without asking the device how much that is.</summary>
internal static class KnownMean
{
    /// <summary><paramref name="total"/> / <paramref name="count"/>, and 0 where nothing was counted.</summary>
    public static Tensor OrZero(Tensor total, Tensor count) => total / count.clamp(min: 1);

    /// <summary><paramref name="total"/> / <paramref name="count"/>, and NaN where nothing was counted.</summary>
    /// <remarks>The NaN is added to the value: the gradient stays 0, as the reference's is.</remarks>
    public static Tensor OrNaN(Tensor total, Tensor count) => OrZero(total, count) + ((count / count) - 1);
}
