using DiTask.Cli.Commands;
using DiTask.Model.Data;
using DiTask.Model.Training.Config;

namespace DiTask.Model.Tests.Cli;

public sealed class GuardedCommandTests
{
    public static TheoryData<Exception, int, string> Ends => new()
    {
        { new DatasetException("a\u001b[2J\nb"), 1, "ditask try: a?[2J?b" },
        { new ConfigException("run.yaml", ["one\u0007", "two"]), 1, "ditask try: run.yaml: 2 mistakes\n  one?\n  two" },
        {
            new TypeInitializationException("TorchSharp.torch", new NotSupportedException("No reference to libtorch.\r\n\nTrace:\n  Step 1")),
            1,
            "ditask try: 'TorchSharp.torch' cannot load its native library (docs/deployment.md): No reference to libtorch."
        },
        { new OperationCanceledException(), 130, "ditask try: stopped; nothing was written." },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Run_InputThatIsBad_SaysSoWithoutControlCharacters(Exception problem, int expected, string said)
    {
        using StringWriter error = new();

        int code = GuardedCommand.Run("try", "nothing was written", error, () => throw problem);

        Assert.Equal((expected, said), (code, error.ToString().TrimEnd()));
    }

    [Fact]
    public void Run_MistakeOfOurOwn_KeepsItsStack() =>
        Assert.Throws<InvalidOperationException>(() => GuardedCommand.Run("try", "nothing was written", TextWriter.Null, () => throw new InvalidOperationException()));
}
