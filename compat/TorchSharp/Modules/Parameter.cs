namespace TorchSharp.Modules;

/// <summary>A tensor that an optimizer changes. It takes over the memory of <c>data</c>, which is as if disposed from then on.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.requires_grad_(requires_grad).MoveHandle()) =>
        DisposeScope.Replace(data, this);
}
