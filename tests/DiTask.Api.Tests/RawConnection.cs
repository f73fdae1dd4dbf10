using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DiTask.Api.Tests;

/// <summary>A connection on which a test says when which byte is sent.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawConnection> OpenAsync(HttpClient client)
    {
        RawConnection connection = new();
        await connection.socket.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
        return connection;
    }

    public async Task SendAsync(string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes);

    /// <summary>Reads until the server closes: the request must have asked for that, or be refused by the server itself.</summary>
    public async Task<HttpResponseMessage> ReadAsync()
    {
        using NetworkStream stream = new(socket);
        using MemoryStream all = new();
        try
        {
            await stream.CopyToAsync(all);
        }
        catch (IOException) when (all.Length > 0)
        {
            // A server that has answered need not read what was still on its way, and resets the connection.
        }

        byte[] bytes = all.ToArray();
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        HttpResponseMessage response = new((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        {
            Content = new ByteArrayContent(bytes[(end + 4)..]),
        };
        foreach (string[] header in lines.Skip(1).Select(line => line.Split(": ", 2)))
        {
            if (!response.Headers.TryAddWithoutValidation(header[0], header[1]))
            {
                response.Content.Headers.TryAddWithoutValidation(header[0], header[1]);
            }
        }

        return response;
    }

    public void Dispose() => socket.Dispose();
}
