namespace EE569.Experiments.Results;

/// <summary>Files for the user: whole or not at all, in folders that are made when needed.</summary>
internal static class OutputFile
{
    private const string Out = "--out";

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
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that names it.</param>
    public static void CheckWritable(string folder, string option = Out) => Guard(folder, () =>
    {
        Directory.CreateDirectory(folder);
        string probe = Path.Combine(folder, ".writable");
        AtomicFile.Write(probe, _ => { });
        File.Delete(probe);
    }, option);

    /// <summary>Turns what goes wrong with the file into an error that names it.</summary>
    public static void Guard(string path, Action write, string option = Out)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot write '{path}': {exception.Message} Name another place with {option}.", exception);
        }
    }
}
