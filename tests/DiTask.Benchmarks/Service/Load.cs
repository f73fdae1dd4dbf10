using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace DiTask.Benchmarks.Service;

/// <summary>Callers of one service.</summary>
internal sealed class Load(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue, PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
    {
        BaseAddress = address,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public HttpClient Client => client;

    public Task<HttpResponseMessage> PostAsync(byte[] photo, string query, CancellationToken patience)
    {
        ByteArrayContent content = new(photo);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return client.PostAsync("/predict" + query, content, patience);
    }

    /// <summary>Closed loop: each of <paramref name="callers"/> sends its next request when the last is answered.</summary>
    public async Task<IReadOnlyList<Reply>> CloseAsync(int callers, TimeSpan duration, Func<int, byte[]> photo, string query = "")
    {
        ConcurrentBag<Reply> replies = [];
        long start = Stopwatch.GetTimestamp();
        int sent = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                byte[] body = photo(Interlocked.Increment(ref sent));
                replies.Add(await Reply.OfAsync(
                    patience => PostAsync(body, query, patience), () => Stopwatch.GetElapsedTime(start), Stopwatch.GetElapsedTime(start), CancellationToken.None));
            }
        })));
        return [.. replies];
    }

    /// <summary>
    /// Open loop: requests leave at the times of a Poisson process of <paramref name="rate"/> per second, whatever becomes of the others. Their
    /// latencies count from the time when they were due, so that a late generator does not hide a queue.
    /// </summary>
    public async Task<IReadOnlyList<Reply>> OpenAsync(double rate, TimeSpan duration, TimeSpan patience, byte[] photo, int seed, string query = "")
    {
        Random random = new(seed);
        List<Task<Reply>> replies = [];
        long start = Stopwatch.GetTimestamp();
        TimeSpan due = TimeSpan.Zero;
        await Task.Factory.StartNew(
            () =>
            {
                while ((due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / rate)) < duration)
                {
                    while (Stopwatch.GetElapsedTime(start) < due)
                    {
                        Thread.Sleep(1);
                    }

                    TimeSpan sentAt = due;
                    replies.Add(Task.Run(async () =>
                    {
                        using CancellationTokenSource leave = new(patience);
                        return await Reply.OfAsync(token => PostAsync(photo, query, token), () => Stopwatch.GetElapsedTime(start), sentAt, leave.Token);
                    }));
                }
            },
            TaskCreationOptions.LongRunning);
        return await Task.WhenAll(replies);
    }

    public void Dispose() => client.Dispose();
}
