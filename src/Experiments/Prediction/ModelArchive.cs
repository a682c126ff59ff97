using System.IO.Compression;
using System.IO.Hashing;

namespace EE569.Experiments.Prediction;

/// <summary>A model file is a zip, perhaps a stranger's: what it claims is checked before ML.NET unpacks it.</summary>
internal static class ModelArchive
{
    private const long AlwaysAllowed = 64L << 20;

    /// <summary>Weights hardly shrink; deflate can pack zeros a thousandfold.</summary>
    private const int LargestRatio = 100;

    /// <exception cref="InvalidDataException">The file is no zip, an entry's name leads out of it, it would unpack to far more than its own size, or an entry has not the checksum that the zip tells of it.</exception>
    public static void Check(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        double unpacked = 0, packed = new FileInfo(path).Length;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string[] parts = entry.FullName.Split('/', '\\');
            if (parts[0].Length == 0 || parts[0].Contains(':', StringComparison.Ordinal) || parts.Contains(".."))
            {
                throw new InvalidDataException($"its entry '{entry.FullName}' points out of the file.");
            }

            unpacked += entry.Length;
        }

        if (unpacked > AlwaysAllowed && unpacked > LargestRatio * packed)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it would unpack to {unpacked / (1 << 20):F0} MB, {unpacked / packed:F0} times its size."));
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (Checksum(entry) != entry.Crc32)
            {
                throw new InvalidDataException($"its entry '{entry.FullName}' is damaged.");
            }
        }
    }

    /// <summary>.NET unpacks an entry whatever its checksum says, and ML.NET makes of it what it can: a damaged count may keep it busy for hours.</summary>
    private static uint Checksum(ZipArchiveEntry entry)
    {
        var crc = new Crc32();
        using Stream stream = entry.Open();
        crc.Append(stream);
        return crc.GetCurrentHashAsUInt32();
    }
}
