using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace EE569.Experiments.Studies.Data;

/// <summary>
/// Fetches CIFAR-10's binary version into a folder and unpacks it there. A broken download goes on where it stopped; nothing is unpacked
/// that does not have the published checksum.
/// </summary>
/// <param name="source">Where the archive lies.</param>
/// <param name="md5">Its MD5 in hexadecimal digits.</param>
/// <param name="progress">Hears how the download comes along.</param>
internal sealed class CifarDownload(Uri source, string md5, IProgressReporter progress)
{
    /// <summary>The archive's address and checksum on its author's page, https://www.cs.toronto.edu/~kriz/cifar.html.</summary>
    public const string PublishedAddress = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", PublishedMD5 = "c32a1d4ab5d03f1284b67883e8d87530";

    private const string Downloading = "downloading CIFAR-10";

    private const double Megabyte = 1 << 20;

    private static readonly TimeSpan PatienceWithServer = TimeSpan.FromSeconds(30);

    /// <summary>Brings the batches into the folder, unless they are there.</summary>
    /// <exception cref="UserException">No network, another file than the published one, or a folder that cannot be written.</exception>
    public async Task Run(string folder, CancellationToken cancellation)
    {
        string batches = Path.Combine(folder, CifarBatches.FolderInArchive);
        if (Directory.Exists(batches))
        {
            return;
        }

        string partial = Path.Combine(folder, "cifar-10-binary.tar.gz.partial");
        try
        {
            Directory.CreateDirectory(folder);
            await Fetch(partial, cancellation);
            Verify(partial);
            Unpack(partial, batches);
            File.Delete(partial);
        }
        catch (HttpRequestException exception)
        {
            throw new UserException($"Cannot download {source}: {exception.Message} Check the network, or fetch the file another way, unpack it, and name its folder with --cifar.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw new UserException($"Cannot download CIFAR-10 into '{folder}': {exception.Message} The same command goes on where it stopped; or name another folder with --cifar.", exception);
        }
    }

    private async Task Fetch(string partial, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var client = new HttpClient { Timeout = PatienceWithServer };
        long have = File.Exists(partial) ? new FileInfo(partial).Length : 0;
        using HttpResponseMessage response = await Request(client, have, cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it is there already; the checksum tells whether it is the right file.
            return;
        }

        response.EnsureSuccessStatusCode();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent;
        long begin = goesOn ? have : 0;
        progress.Begin(Downloading, (begin + (response.Content.Headers.ContentLength ?? 0)) / Megabyte, "MB");
        progress.Advance(Downloading, begin / Megabyte);
        await using Stream content = await response.Content.ReadAsStreamAsync(cancellation);
        await using FileStream file = new(partial, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = await content.ReadAsync(buffer, cancellation).AsTask().WaitAsync(PatienceWithServer, cancellation)) > 0;)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress.Advance(Downloading, read / Megabyte);
        }

        progress.End(Downloading, clock.Elapsed);
    }

    private async Task<HttpResponseMessage> Request(HttpClient client, long have, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
        }

        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"there was no answer within {PatienceWithServer.TotalSeconds:F0} seconds.", exception);
        }
    }

    private void Verify(string partial)
    {
        string found;
        using (FileStream file = File.OpenRead(partial))
        {
#pragma warning disable CA5351 // MD5 is what its author published; it finds damage here and need not keep out forgers.
            found = Convert.ToHexStringLower(MD5.HashData(file));
#pragma warning restore CA5351
        }

        if (found != md5)
        {
            File.Delete(partial);
            throw new UserException($"What {source} gave is not CIFAR-10: its MD5 is {found}, not {md5}. It was deleted; try again.");
        }
    }

    private static void Unpack(string archive, string batches)
    {
        string temporary = $"{batches}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            using var unpacked = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            using var reader = new TarReader(unpacked);
            while (reader.GetNextEntry() is { } entry)
            {
                // Only the batches, and by their bare names: an entry cannot be written elsewhere.
                if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile } && Path.GetExtension(entry.Name) == ".bin")
                {
                    entry.ExtractToFile(Path.Combine(temporary, Path.GetFileName(entry.Name)), overwrite: true);
                }
            }

            Directory.Move(temporary, batches);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
