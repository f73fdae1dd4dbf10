using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DiTask.Benchmarks.Service;

/// <summary>A caller without manners: one connection, written and cut by hand.</summary>
internal sealed class RawRequest : IDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };

    private RawRequest(byte[] bytes) => Bytes = bytes;

    /// <summary>The request, head and body.</summary>
    public byte[] Bytes { get; }

    public NetworkStream Stream => client.GetStream();

    public static async Task<RawRequest> ConnectAsync(Uri address, byte[] photo, string query = "")
    {
        string head = $"POST /predict{query} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: image/jpeg\r\nContent-Length: {photo.Length}\r\n\r\n";
        RawRequest request = new([.. Encoding.ASCII.GetBytes(head), .. photo]);
        await request.client.ConnectAsync(IPAddress.Loopback, address.Port);
        return request;
    }

    /// <summary>Closes the connection with a reset, as a machine that went away.</summary>
    public void Cut()
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();
    }

    public void Dispose() => client.Dispose();
}
