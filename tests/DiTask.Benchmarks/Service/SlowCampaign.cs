using System.Diagnostics;
using System.Text;

namespace DiTask.Benchmarks.Service;

/// <summary>Callers who send or read a few bytes per second, beside others who do not.</summary>
/// <remarks>A slow reader may stay: the server's lowest rate is an average, and what counts is that no run waits for it.</remarks>
internal static class SlowCampaign
{
    /// <summary>One in so many of the slow is a reader: each has an answer of 20 MB made for it, which is work.</summary>
    private const int ReaderShare = 15;

    private const string StillSending = "still sending";

    public static async Task<int> RunAsync(int callers, TimeSpan duration)
    {
        using ServiceProcess service = await ServiceProcess.StartPacedAsync(20, 20);
        using Load load = new(service.Address);
        byte[] photo = Photos.Jpeg(448, 448);
        await load.CloseAsync(2, duration / 4, _ => photo);
        // Before, with and after, so that a machine that grew busier does not count against the slow.
        IReadOnlyList<Reply> before = await load.CloseAsync(2, duration, _ => photo);
        using CancellationTokenSource end = new();
        List<Task<string>> slow = [];
        for (int reader = 0; reader < Math.Max(1, callers / ReaderShare); reader++)
        {
            TaskCompletionSource answered = new();
            slow.Add(ReadSlowlyAsync(service.Address, answered, end.Token));
            await answered.Task;
        }

        while (slow.Count < callers)
        {
            slow.Add(SendSlowlyAsync(service.Address, photo, headOnly: slow.Count % 2 == 0, end.Token));
        }

        IReadOnlyList<Reply> during = await load.CloseAsync(2, duration, _ => photo);
        await Task.WhenAny(Task.WhenAll(slow), Task.Delay(TimeSpan.FromSeconds(60)));
        await end.CancelAsync();
        string[] ends = await Task.WhenAll(slow);
        IReadOnlyList<Reply> after = await load.CloseAsync(2, duration, _ => photo);

        double quiet = Math.Max(Report.Milliseconds(before, 0.99), Report.Milliseconds(after, 0.99));
        double busy = Report.Milliseconds(during, 0.99);
        Report.Say($"{callers} slow callers: {string.Join(", ", ends.CountBy(text => text).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} x {pair.Value}"))}");
        Report.Say($"others: p50 {Report.Milliseconds(before, 0.5):F0}, {Report.Milliseconds(during, 0.5):F0}, {Report.Milliseconds(after, 0.5):F0} ms and p99 {Report.Milliseconds(before, 0.99):F0}, {busy:F0}, {Report.Milliseconds(after, 0.99):F0} ms before, with and after them; {Report.Statuses(during)}");
        Report report = new();
        report.Aim($"others' p99 moves by {busy / quiet - 1:P0}, at most 20 %", busy <= 1.2 * quiet);
        report.Aim($"others all answered", during.All(reply => reply.Status == 200));
        report.Aim($"every slow sender was turned away or cut", !ends.Contains(StillSending));
        return report.ExitCode;
    }

    /// <summary>A byte per second, either of the head or of the body.</summary>
    private static async Task<string> SendSlowlyAsync(Uri address, byte[] photo, bool headOnly, CancellationToken end)
    {
        using RawRequest request = await RawRequest.ConnectAsync(address, photo);
        string kind = headOnly ? "slow head" : "slow body";
        int sent = headOnly ? 20 : request.Bytes.Length - photo.Length + 100;
        try
        {
            await request.Stream.WriteAsync(request.Bytes.AsMemory(0, sent), end);
            Task<string> answer = ReadStatusAsync(request, end);
            while (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), end)) != answer && !end.IsCancellationRequested)
            {
                await request.Stream.WriteAsync(request.Bytes.AsMemory(sent++, 1), end);
            }

            return $"{kind}: {await answer}";
        }
        catch (IOException)
        {
            return $"{kind}: cut";
        }
        catch (OperationCanceledException)
        {
            return StillSending;
        }
    }

    /// <summary>Asks for an answer of some 20 MB and reads a kilobyte in ten seconds; <paramref name="answered"/> when the first bytes are there.</summary>
    private static async Task<string> ReadSlowlyAsync(Uri address, TaskCompletionSource answered, CancellationToken end)
    {
        using RawRequest request = await RawRequest.ConnectAsync(address, Photos.Village, "?tasks=normals&maps=f32&size=1500x1200");
        try
        {
            await request.Stream.WriteAsync(request.Bytes, end);
            byte[] buffer = new byte[100];
            while (true)
            {
                if (await request.Stream.ReadAsync(buffer, end) == 0)
                {
                    return "slow reader: cut";
                }

                answered.TrySetResult();

                await Task.Delay(TimeSpan.FromSeconds(1), end);
            }
        }
        catch (IOException)
        {
            return "slow reader: cut";
        }
        catch (OperationCanceledException)
        {
            return "slow reader: still reading";
        }
    }

    private static async Task<string> ReadStatusAsync(RawRequest request, CancellationToken end)
    {
        byte[] buffer = new byte[4096];
        int length = await request.Stream.ReadAsync(buffer, end);
        return length == 0 ? "cut" : Encoding.ASCII.GetString(buffer, 0, length).Split(' ')[1];
    }
}
