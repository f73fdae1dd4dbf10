using System.Text.Json;
using DiTask.Model.Training;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Stepped_WritesBothFilesAtOnce()
    {
        using RunLog log = Open(0);

        log.Stepped(Step(1));

        JsonElement line = Assert.Single(Lines());
        Assert.Equal(("step", 1, -0.25), (line.GetProperty("kind").GetString(), line.GetProperty("step").GetInt64(), line.GetProperty("total").GetDouble()));
        Assert.Equal(0.5, line.GetProperty("losses").GetProperty("depth").GetDouble());
        Assert.Equal(["step,update,epoch,total,depth,learning_rate,gradient_norm,images_per_second", "1,1,0.1000,-0.25,0.5,0.001,2,10.00"], File.ReadAllLines(temporary["steps.csv"]));
    }

    [Fact]
    public void Started_TwiceOfOneRun_SaysWhatEachPartRanOn()
    {
        using (RunLog log = Open(0))
        {
            log.Started(new RunPosition(), RunMachine.Of(TorchSharp.torch.CPU));
            log.Stepped(Step(1));
            log.Stepped(Step(2));
        }

        using (RunLog log = Open(1))
        {
            log.Started(new RunPosition { Step = 1 }, new RunMachine("another", "chip", 1, 1, "cuda:0"));
        }

        Assert.Equal([("start", 0), ("step", 1), ("start", 1)], Lines().Select(line => (line.GetProperty("kind").GetString(), line.GetProperty("step").GetInt32())));
        Assert.StartsWith("ditask ", Lines()[0].GetProperty("tool").GetString(), StringComparison.Ordinal);
        JsonElement machine = Lines()[0].GetProperty("machine");
        Assert.Equal((Environment.ProcessorCount, "cpu"), (machine.GetProperty("cores").GetInt32(), machine.GetProperty("device").GetString()));
        Assert.All(["system", "processor"], name => Assert.NotEmpty(machine.GetProperty(name).GetString()!));
    }

    [Fact]
    public void Open_ResumedFromAnEarlierStep_StepsRiseAndNoneIsTwice()
    {
        Write(0, 1, 2, 3, 4, 5);

        Write(3, 4, 5, 6);

        Assert.Equal([1, 2, 3, 4, 5, 6], Lines().Select(line => line.GetProperty("step").GetInt64()));
        Assert.Equal(["step", "1", "2", "3", "4", "5", "6"], File.ReadLines(temporary["steps.csv"]).Select(line => line.Split(',')[0]));
    }

    // 123 that was cut to 12 is a step before the checkpoint, by its number.
    [Theory]
    [InlineData("12")]
    [InlineData("12,12,0.5,1")]
    [InlineData("")]
    public void Open_LastLineWasCut_IsDropped(string rest)
    {
        Write(0, 11, 12);
        File.AppendAllText(temporary["steps.csv"], rest);
        File.AppendAllText(temporary["log.jsonl"], rest);

        Write(100, 101);

        Assert.Equal([11, 12, 101], Lines().Select(line => line.GetProperty("step").GetInt64()));
        Assert.Equal(["step", "11", "12", "101"], File.ReadLines(temporary["steps.csv"]).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Open_ForeignLines_AreDropped()
    {
        Write(0, 1);
        File.AppendAllText(temporary["log.jsonl"], "7\n[]\n{\"step\":\"x\n\n");

        Write(5, 6);

        Assert.Equal([1, 6], Lines().Select(line => line.GetProperty("step").GetInt64()));
    }

    // The state of an epoch's last batch has the step of its evaluation, which will be made again.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Open_EvaluationOfTheStep_IsKeptOnlyWhenTheEpochIsDone(int epoch, int kept)
    {
        using (RunLog log = Open(0))
        {
            log.Stepped(Step(4));
            log.Validated(new ValidationReport(1, 4, new Dictionary<string, double>(), [], 0, true));
        }

        using (new RunLog(RunFolder.New(temporary.Path), ["depth"], new RunPosition { Step = 4, Epoch = epoch }))
        {
            Assert.Equal(kept, Lines().Count(line => line.GetProperty("kind").GetString() == "validation"));
            Assert.Single(Lines(), line => line.GetProperty("kind").GetString() == "step");
        }
    }

    private static StepReport Step(long step) => new(
        step, step, 0.1 * step, 2, new Dictionary<string, double> { ["depth"] = 0.5 }, new Dictionary<string, double> { ["depth"] = 1 }, -0.25, 1e-3, 2, 10, TimeSpan.Zero);

    private RunLog Open(long step) => new(RunFolder.New(temporary.Path), ["depth"], new RunPosition { Step = step });

    private void Write(long from, params long[] steps)
    {
        using RunLog log = Open(from);
        Array.ForEach(steps, step => log.Stepped(Step(step)));
    }

    private JsonElement[] Lines() => [.. File.ReadLines(temporary["log.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];
}
