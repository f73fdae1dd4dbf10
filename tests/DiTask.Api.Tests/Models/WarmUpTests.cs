using DiTask.Api.Models;
using DiTask.Model.Inference;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Models;

public class WarmUpTests
{
    private readonly List<(int Size, int Rows, string Tasks)> runs = [];
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Run_EachSize_RunsAllTasksForAllRows()
    {
        WarmUp.Run(Model("cpu", _ => { }), [1, 2, 4], time, CancellationToken.None);

        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4], runs.Select(run => run.Size));
        Assert.All(runs, run => Assert.Equal((run.Size, "semseg+normals+depth+sal"), (run.Rows, run.Tasks)));
    }

    [Fact]
    public void Run_FirstRunIsSlow_IsNotMeasured()
    {
        int[] trunkMs = [900, 30, 10, 20];
        int run = 0;

        RunTimeTable table = WarmUp.Run(Model("cpu", timings => Note(timings, trunkMs[run++], branchMs: run)), [1], time, CancellationToken.None);

        Assert.Equal(20, table.BySize[1].Trunk.TotalMilliseconds);
        Assert.Equal(3, table.BySize[1].Branches["depth"].TotalMilliseconds);
        Assert.Equal(20 + 4 * 3, table.Totals[1].TotalMilliseconds);
    }

    [Fact]
    public void Run_LargeModel_IsMeasuredByItsFirstRun()
    {
        RunTimeTable table = WarmUp.Run(
            Model("cpu", timings =>
            {
                Note(timings, 1200, 100);
                time.Advance(TimeSpan.FromSeconds(1.6));
            }),
            [1, 2],
            time,
            CancellationToken.None);

        Assert.Equal([1, 2], runs.Select(entry => entry.Size));
        Assert.Equal(1200 + 4 * 100, table.Totals[2].TotalMilliseconds);
    }

    [Fact]
    public void Run_Gpu_WarmsBranchesForEveryNumberOfRows()
    {
        WarmUp.Run(Model("cuda", _ => { }), [1, 2, 5], time, CancellationToken.None);

        Assert.Equal([(5, 3), (5, 4)], runs.Where(run => run.Rows < run.Size).Select(run => (run.Size, run.Rows)));
    }

    [Fact]
    public void ToString_Table_IsOneReadableLine()
    {
        RunTimings one = new(), two = new();
        Note(one, 3, 1);
        Note(two, 5.25, 2);

        Assert.Equal("1: 4.0 ms (trunk 3.0), 2: 7.3 ms (trunk 5.3)", new RunTimeTable(new Dictionary<int, RunTimings> { [2] = two, [1] = one }).ToString());
    }

    private static void Note(RunTimings timings, double trunkMs, double branchMs)
    {
        timings.TrunkRan(TimeSpan.FromMilliseconds(trunkMs));
        foreach (string task in timings.Branches.Keys.DefaultIfEmpty("depth").ToArray())
        {
            timings.BranchRan(task, TimeSpan.FromMilliseconds(branchMs));
        }
    }

    private ServedModel Model(string provider, Action<RunTimings> note) => new(
        FakeModel.Manifest(null),
        "sha256:fake",
        provider,
        null,
        (images, count, rows, timings, _) =>
        {
            Assert.Equal(count * 3 * FakeModel.Size * FakeModel.Size, images.Length);
            foreach (string task in rows.Keys)
            {
                timings.BranchRan(task, TimeSpan.Zero);
            }

            runs.Add((count, rows.Values.Select(wanted => wanted.Count).Distinct().Single(), string.Join('+', rows.Keys)));
            note(timings);
            return new Dictionary<string, TaskLogits>();
        });
}
