namespace EE569.Experiments.Results;

/// <summary>Files for the user: whole or not at all, in folders that are made when needed.</summary>
internal static class OutputFile
{
    /// <summary>Writes text (UTF-8 without a mark) to <paramref name="path"/>.</summary>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes bytes to <paramref name="path"/>.</summary>
    public static void Write(string path, Action<Stream> write) => Guard(path, () =>
    {
        // A device such as /dev/stdout is written to, not replaced.
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            using FileStream device = File.Open(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, write);
    });

    /// <summary>Fails at once, and not after minutes of work, when the folder cannot be written.</summary>
    public static void CheckWritable(string folder)
    {
        string probe = Path.Combine(folder, ".writable");
        WriteText(probe, _ => { });
        File.Delete(probe);
    }

    /// <summary>Turns what goes wrong with the file into an error that names it.</summary>
    public static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot write '{path}': {exception.Message} Name another place with --out.", exception);
        }
    }
}
