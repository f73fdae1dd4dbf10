using DiTask.Model.Data;

namespace DiTask.Tests.Data;

public sealed class CounterRandomTests
{
    [Fact]
    public void NextBits_SameAddress_IsTheSame()
    {
        CounterRandom one = new(7, RandomPurpose.Order, 3, 9), other = new(7, RandomPurpose.Order, 3, 9);

        Assert.Equal(Enumerable.Range(0, 5).Select(_ => one.NextBits()).ToArray(), Enumerable.Range(0, 5).Select(_ => other.NextBits()).ToArray());
    }

    [Fact]
    public void NextBits_EveryPartOfTheAddress_Matters()
    {
        ulong[] first =
        [
            new CounterRandom(7, RandomPurpose.Order, 3, 9).NextBits(), new CounterRandom(8, RandomPurpose.Order, 3, 9).NextBits(),
            new CounterRandom(7, RandomPurpose.Augmentation, 3, 9).NextBits(), new CounterRandom(7, RandomPurpose.Order, 4, 9).NextBits(),
            new CounterRandom(7, RandomPurpose.Order, 3, 10).NextBits(), new CounterRandom(7, RandomPurpose.Order, 9, 3).NextBits(),
        ];

        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void NextPermutation_Many_IsEveryOrderAboutAsOften()
    {
        int[] counts = new int[6];
        for (int i = 0; i < 6000; i++)
        {
            int[] order = new CounterRandom(1, RandomPurpose.Order, i).NextPermutation(3);
            Assert.Equal([0, 1, 2], order.Order());
            counts[(order[0] * 2) + (order[1] > order[2] ? 1 : 0)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void NextInt_Range_IsCoveredAndNeverLeft()
    {
        CounterRandom random = new(1, RandomPurpose.Balancing);
        int[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt(5))];

        Assert.Equal([0, 1, 2, 3, 4], drawn.Distinct().Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }
}
