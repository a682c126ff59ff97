using System.Security.Cryptography;

namespace EE569.Benchmarks.Quality;

/// <summary>A file of a table: in the project, in a folder that the user names, or downloaded once.</summary>
/// <param name="File">Its name.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal digits.</param>
/// <param name="Url">Where it is downloaded from; null for one in the project.</param>
internal sealed record TableFile(string File, string Sha256, Uri? Url = null)
{
    private static readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Finds or downloads the file and checks its bytes.</summary>
    /// <param name="folders">Folders to look in; the last one keeps what is downloaded.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="InvalidOperationException">It cannot be had, or is another file.</exception>
    public string Find(string[] folders)
    {
        string? path = folders.Select(folder => Path.Combine(folder, File)).FirstOrDefault(System.IO.File.Exists);
        byte[] bytes = path is not null ? System.IO.File.ReadAllBytes(path) : Download();
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) is var found && found != Sha256)
        {
            throw new InvalidOperationException($"{path ?? Url!.ToString()} is not the file that was measured: its SHA-256 is {found}, that of tables.json {Sha256}.");
        }

        if (path is null)
        {
            Directory.CreateDirectory(folders[^1]);
            path = Path.Combine(folders[^1], File);
            System.IO.File.WriteAllBytes(path + ".tmp", bytes);
            System.IO.File.Move(path + ".tmp", path, overwrite: true);
        }

        return path;
    }

    private byte[] Download()
    {
        if (Url is null)
        {
            throw new InvalidOperationException($"data/quality/{File} is not there: run from the top folder of the project.");
        }

        try
        {
            return _client.GetByteArrayAsync(Url).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new InvalidOperationException($"{File} could not be downloaded from {Url} ({exception.Message}): put it into a folder and name that with --tables, or leave its table out with --tables-only.");
        }
    }
}
