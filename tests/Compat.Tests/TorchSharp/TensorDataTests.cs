using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.TorchSharp;

public class TensorDataTests
{
    [Fact]
    public void Tensor_FromArray_KeepsShapeTypeAndValues()
    {
        using Tensor x = tensor([1f, 2, 3, 4, 5, 6], [2, 3]);

        Assert.Equal([2, 3], x.shape);
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal(6, x.numel());
        Assert.Equal([1f, 2, 3, 4, 5, 6], x.data<float>().ToArray());
        Assert.Equal(6f, x.data<float>()[1, 2]);
        Assert.Equal(5f, x.data<float>()[4]);
    }

    [Fact]
    public void Tensor_FromArray_DoesNotShareTheArray()
    {
        float[] values = [1, 2];
        using Tensor x = tensor(values);

        values[0] = 9;

        Assert.Equal([1f, 2], x.data<float>().ToArray());
    }

    [Fact]
    public void Tensor_OtherDtype_Converts()
    {
        using Tensor x = tensor([1.5f, -2], [2], dtype: float64);

        Assert.Equal([1.5, -2], x.data<double>().ToArray());
    }

    [Fact]
    public void Tensor_ShapeLargerThanArray_Throws() =>
        Assert.Throws<ArgumentException>(() => tensor([1f, 2, 3], [2, 2]));

    [Fact]
    public void ToArray_OfTransposedView_IsRowMajor()
    {
        using Tensor x = tensor([1f, 2, 3, 4, 5, 6], [2, 3]);
        using Tensor turned = x.transpose(0, 1);

        Assert.False(turned.is_contiguous());
        Assert.Equal([1f, 4, 2, 5, 3, 6], turned.data<float>().ToArray());
        Assert.Equal([1f, 4, 2, 5, 3, 6], turned.data<float>());
        Assert.Equal(5f, turned.data<float>()[1, 1]);
    }

    [Fact]
    public void CopyFrom_IntoTransposedView_ReachesTheBase()
    {
        using Tensor x = zeros(2, 3);
        using Tensor turned = x.transpose(0, 1);

        turned.data<float>().CopyFrom([1f, 4, 2, 5, 3, 6]);

        Assert.Equal([1f, 2, 3, 4, 5, 6], x.data<float>().ToArray());
    }

    [Fact]
    public void CopyTo_PartOfTheValues_LeavesTheRest()
    {
        using Tensor x = arange(6, dtype: float32);
        float[] target = [-1, -1, -1];

        x.data<float>().CopyTo(target, arrayIndex: 1, tensorIndex: 3);

        Assert.Equal([-1f, 3, 4], target);
    }

    [Fact]
    public void Data_OfAnotherType_Throws()
    {
        using Tensor x = zeros(2);

        Assert.Throws<ArgumentException>(() => x.data<double>());
    }

    [Fact]
    public void Data_IndexOutside_Throws()
    {
        using Tensor x = zeros(2, 2);

        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[4]);
        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[0, 2]);
    }

    [Fact]
    public void Bytes_Set_ChangesTheValues()
    {
        using Tensor x = zeros(2, dtype: int32);

        x.bytes = new byte[] { 1, 0, 0, 0, 0, 1, 0, 0 };

        Assert.Equal([1, 256], x.data<int>().ToArray());
    }

    [Fact]
    public void Item_OfOneElement_IsItsValue()
    {
        using Tensor one = tensor(2.5);
        using Tensor two = zeros(2);

        Assert.Equal(2.5, one.item<double>());
        Assert.Throws<ArgumentException>(() => two.item<float>());
    }

    [Fact]
    public void Factories_FillAsNamed()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([0f, 0], zeros(2).data<float>().ToArray());
        Assert.Equal([1.0, 1], ones(2, dtype: float64).data<double>().ToArray());
        Assert.Equal([7L, 7], full(2, 7).data<long>().ToArray());
        Assert.Equal([2L, 4, 6], arange(2, 8, 2).data<long>().ToArray());
        Assert.Equal([0f, 0.5f], arange(0, 1, 0.5).data<float>().ToArray());
        Assert.Equal([1f, 0, 0, 1], eye(2).data<float>().ToArray());
        Assert.Equal([3, 0], empty([3, 0]).shape);
    }

    [Fact]
    public void Rand_SameSeed_SameValues()
    {
        using DisposeScope scope = NewDisposeScope();

        manual_seed(7);
        float[] first = rand(5).data<float>().ToArray();
        manual_seed(7);
        float[] second = rand(5).data<float>().ToArray();

        Assert.Equal(first, second);
    }

    [Fact]
    public void To_OtherType_RoundsTowardsZero()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([1L, -1], tensor([1.9f, -1.9f]).to(int64).data<long>().ToArray());
    }
}
