using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.TorchSharp;

public class TensorShapeTests
{
    [Fact]
    public void Shapes_OfViews_AreAsDocumented()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(2, 3, 4);

        Assert.Equal([4, 2, 3], x.permute(2, 0, 1).shape);
        Assert.Equal([6, 4], x.reshape(-1, 4).shape);
        Assert.Equal([24], x.view(24).shape);
        Assert.Equal([2, 12], x.flatten(1).shape);
        Assert.Equal([2, 1, 3, 4], x.unsqueeze(1).shape);
        Assert.Equal([3, 4], x.narrow(0, 1, 1).squeeze(0).shape);
        Assert.Equal([4], zeros(1, 4, 1).squeeze().shape);
        Assert.Equal([2, 3, 2], x.slice(2, 0, 4, 2).shape);
        Assert.Equal([3, 4], x.select(0, 1).shape);
        Assert.Equal([2, 4, 3], x.transpose(-1, -2).shape);
        Assert.Equal([5, 2, 3, 4], x.expand(5, -1, -1, -1).shape);
        Assert.Equal([4, 3, 4], x.repeat(2, 1, 1).shape);
        Assert.Equal([[2, 2, 4], [2, 1, 4]], x.split(2, 1).Select(part => part.shape));
    }

    [Fact]
    public void Roll_ByRowsAndColumns_MovesValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(6).reshape(2, 3);

        Assert.Equal([4L, 5, 3, 1, 2, 0], x.roll([1, -1], [0, 1]).data<long>().ToArray());
        Assert.Equal([5L, 0, 1, 2, 3, 4], x.roll(1).data<long>().ToArray());
    }

    [Fact]
    public void IndexSelect_PicksAndRepeats()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(6).reshape(2, 3);

        Assert.Equal([2L, 0, 2, 5, 3, 5], x.index_select(1, tensor([2L, 0, 2])).data<long>().ToArray());
    }

    [Fact]
    public void CatAndStack_JoinAlongTheirAxis()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1f, 2]);
        Tensor b = tensor([3f, 4]);

        Assert.Equal([1f, 2, 3, 4], cat([a, b]).data<float>().ToArray());
        Assert.Equal([1f, 3, 2, 4], stack([a, b], 1).data<float>().ToArray());
    }

    [Fact]
    public void FlipAndDiag_MoveValues()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([3L, 2, 1], tensor([1L, 2, 3]).flip(0).data<long>().ToArray());
        Assert.Equal([1L, 0, 0, 2], diag(tensor([1L, 2])).data<long>().ToArray());
    }
}
