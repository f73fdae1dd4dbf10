using System.Collections.Concurrent;
using System.Text;

namespace DiTask.Api.Tests.Logging;

/// <summary>The lines that this process writes to the console, which all of its tests share.</summary>
internal sealed class LogLines : TextWriter
{
    private static readonly Lazy<LogLines> Shared = new(() =>
    {
        LogLines lines = new(Console.Out);
        Console.SetOut(lines);
        return lines;
    });

    private readonly TextWriter inner;
    private readonly Lock gate = new();
    private readonly StringBuilder line = new();
    private readonly ConcurrentQueue<string> lines = [];
    private volatile TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LogLines(TextWriter inner) => this.inner = inner;

    public static LogLines OfConsole => Shared.Value;

    /// <summary>What has been written so far.</summary>
    public IReadOnlyCollection<string> Written => lines;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        lock (gate)
        {
            inner.Write(value);
            if (value != '\n')
            {
                line.Append(value);
                return;
            }

            lines.Enqueue(line.ToString());
            line.Clear();
        }

        Interlocked.Exchange(ref arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>How many lines hold <paramref name="text"/> by now.</summary>
    public int Count(string text) => lines.Count(written => written.Contains(text, StringComparison.Ordinal));

    /// <summary>The one line that holds <paramref name="text"/>, when it has been written.</summary>
    public async Task<string> WithAsync(string text)
    {
        while (true)
        {
            Task next = arrival.Task;
            if (lines.FirstOrDefault(written => written.Contains(text, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            await next.WaitAsync(TimeSpan.FromMinutes(2));
        }
    }
}
