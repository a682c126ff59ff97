using System.Net;
using System.Net.Sockets;

namespace EE569.Experiments.Tests.Data;

/// <summary>Serves one file on this machine, and breaks off if told to.</summary>
internal sealed class ArchiveServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _file;

    public ArchiveServer(byte[] file)
    {
        _file = file;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/archive.tar.gz");
        _listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public Uri Address { get; }

    public bool KnowsRanges { get; init; } = true;

    /// <summary>Bytes after which the connection is cut; null to send everything.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>The Range header of each request, empty where there was none.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            string range = context.Request.Headers["Range"] ?? "";
            Requests.Add(range);
            await Answer(context.Request, context.Response, KnowsRanges && range.Length > 0 ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0);
        }
    }

    private async Task Answer(HttpListenerRequest request, HttpListenerResponse response, int start)
    {
        response.StatusCode = request.Url!.AbsolutePath != Address.AbsolutePath ? 404 : start >= _file.Length ? 416 : start > 0 ? 206 : 200;
        if (response.StatusCode < 300)
        {
            response.ContentLength64 = _file.Length - start;
            int end = Math.Min(_file.Length, BreakAfter ?? _file.Length);
            await response.OutputStream.WriteAsync(_file.AsMemory(start, end - start));
            await response.OutputStream.FlushAsync();
            if (end < _file.Length)
            {
                response.Abort();
                return;
            }
        }

        response.Close();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
