using System.CommandLine;
using DiTask.Cli.Commands;

namespace DiTask.Model.Tests.Cli;

public sealed class PredictCommandTests
{
    [Theory]
    [InlineData("--size: expected model, source or WIDTHxHEIGHT such as 640x480; found '12'", "model", "a.jpg", "--out", "out", "--size", "12")]
    [InlineData("--logits needs --tensor", "model", "--out", "out", "--logits")]
    [InlineData("--tensor needs --logits", "model", "--out", "out", "--tensor", "a.npy")]
    [InlineData("found both, 'a.jpg' and 'a.npy'", "model", "a.jpg", "--out", "out", "--tensor", "a.npy", "--logits")]
    [InlineData("at least one IMAGE", "model", "--out", "out")]
    [InlineData("'--out' is required", "model", "a.jpg")]
    [InlineData("Argument 'jpg' not recognized", "model", "a.jpg", "--out", "out", "--maps", "jpg")]
    public void Invoke_WrongArguments_NamesTheChoices(string expected, params string[] args)
    {
        (int code, string error) = Invoke(args);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("out"));
    }

    private static (int Code, string Error) Invoke(string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = PredictCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, error.ToString());
    }
}
