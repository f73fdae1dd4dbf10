using DiTask.Model.Checkpoints;

namespace DiTask.Model.Layers;

/// <summary>
/// The operations that a forward pass needs, generic in the tensor type. Torch computes them, ONNX records them as graph
/// nodes: a layer is written once and both agree by construction (ADR 0001).
/// </summary>
/// <typeparam name="T">A tensor: eager values or a node of a graph. Batch is the first axis and may be unknown (-1).</typeparam>
internal interface ITensorOps<T>
{
    /// <summary>A parameter of the network. The same name always means the same values.</summary>
    T Constant(HostTensor values);

    /// <summary>x [..., in] times weight [out, in] transposed, plus bias [out]: [..., out].</summary>
    T Linear(T x, T weight, T? bias);

    /// <summary>Convolution of patches that touch, without padding: x [B, in, H, W], weight [out, in, k, k] with k = stride, bias [out].</summary>
    T Conv2d(T x, T weight, T? bias, int stride);

    /// <summary>Normalises the last axis to zero mean and unit variance, then scales and shifts. Epsilon 1e-5.</summary>
    T LayerNorm(T x, T gamma, T beta);

    /// <summary>Inference-mode batch normalisation of axis 1 with stored statistics. Epsilon 1e-5.</summary>
    T BatchNorm(T x, T gamma, T beta, T mean, T variance);

    /// <summary>Exact GELU, x Phi(x), by the error function.</summary>
    T Gelu(T x);

    /// <summary>max(x, 0).</summary>
    T Relu(T x);

    /// <summary>Softmax over the last axis.</summary>
    T Softmax(T x);

    /// <summary>Product over the last two axes; leading axes broadcast.</summary>
    T MatMul(T a, T b);

    /// <summary>Sum with broadcasting.</summary>
    T Add(T a, T b);

    /// <summary>
    /// x plus what a block makes of it. Training drops the branch of some rows: the deeper in the network, the more often.
    /// </summary>
    /// <param name="x">The block's input, [B, L, C].</param>
    /// <param name="branch">What it adds.</param>
    /// <param name="depth">Place of the block in the network, 0 for the first and 1 for the last.</param>
    T Residual(T x, T branch, double depth);

    /// <summary>x times a number.</summary>
    T Scale(T x, float factor);

    /// <summary>Same values in another shape; one size may be -1.</summary>
    T Reshape(T x, params int[] shape);

    /// <summary>Axes in a new order.</summary>
    T Transpose(T x, params int[] axes);

    /// <summary>Picks <paramref name="indices"/> along <paramref name="axis"/>. Equal lists share one array in a graph.</summary>
    T Gather(T x, int axis, int[] indices);

    /// <summary>Joins along <paramref name="axis"/>.</summary>
    T Concat(int axis, params T[] parts);

    /// <summary>Elements start..start+length-1 along <paramref name="axis"/>.</summary>
    T Slice(T x, int axis, int start, int length);

    /// <summary>Bilinear resize of [B, C, H, W], align_corners = false.</summary>
    T ResizeBilinear(T x, int height, int width);

    /// <summary>Result of <paramref name="body"/>; what it made on the way is freed at once, not when the whole pass ends.</summary>
    T Scoped(Func<T> body);
}
