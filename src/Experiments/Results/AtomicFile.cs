namespace EE569.Experiments.Results;

/// <summary>Files that are there whole or not at all: written under a temporary name beside their place, then moved.</summary>
internal static class AtomicFile
{
    /// <summary>Writes text (UTF-8 without a mark) to <paramref name="path"/>, making its folder when needed.</summary>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes bytes to <paramref name="path"/>, making its folder when needed.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp");
            try
            {
                using (FileStream stream = File.Create(temporary))
                {
                    write(stream);
                }

                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot write '{path}': {exception.Message} Name another place with --out.", exception);
        }
    }
}
