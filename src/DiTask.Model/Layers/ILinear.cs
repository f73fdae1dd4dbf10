namespace DiTask.Model.Layers;

/// <summary>y = x W^T + b, however W is made: a plain weight, or one seen through its singular values.</summary>
/// <remarks><b>Shapes:</b> [..., in] to [..., out].</remarks>
internal interface ILinear<T>
{
    /// <summary>Applies the layer.</summary>
    T Forward(T x);
}
