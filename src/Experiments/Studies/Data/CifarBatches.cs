namespace EE569.Experiments.Studies.Data;

/// <summary>
/// CIFAR-10's binary format: records of one label byte and 3072 pixel bytes, the red plane before green and blue, each 32 x 32 row by row.
/// </summary>
/// <remarks>A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009); https://www.cs.toronto.edu/~kriz/cifar.html.</remarks>
internal static class CifarBatches
{
    /// <summary>The folder that the published archive holds.</summary>
    public const string FolderInArchive = "cifar-10-batches-bin";

    public const int Side = 32;

    public const int PixelBytes = 3 * Side * Side;

    public static readonly IReadOnlyList<string> Classes =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads the named batches (without ".bin") of a folder, or of the folder cifar-10-batches-bin inside it, as pixels from 0 to 1.</summary>
    public static Examples Read(string folder, params IReadOnlyList<string> batches)
    {
        string inner = Path.Combine(folder, FolderInArchive);
        string place = Directory.Exists(inner) ? inner : folder;
        byte[][] files = [.. batches.Select(batch => ReadFile(Path.Combine(place, $"{batch}.bin")))];
        int count = files.Sum(file => file.Length / (1 + PixelBytes));
        var features = new Matrix<float>(count, PixelBytes);
        int[] labels = new int[count];
        int row = 0;
        foreach (byte[] file in files)
        {
            for (int start = 0; start < file.Length; start += 1 + PixelBytes, row++)
            {
                labels[row] = file[start];
                Span<float> pixels = features.Row(row);
                for (int i = 0; i < PixelBytes; i++)
                {
                    pixels[i] = file[start + 1 + i] / 255f;
                }
            }
        }

        return new Examples(features, labels, Classes);
    }

    private static byte[] ReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot read '{path}': --cifar needs the folder with CIFAR-10's binary version (data_batch_1.bin … data_batch_5.bin, test_batch.bin); --download-cifar fetches it.", exception);
        }

        const int Record = 1 + PixelBytes;
        if (bytes.Length == 0 || bytes.Length % Record != 0)
        {
            throw new UserException($"'{path}' is no CIFAR-10 batch: it has {bytes.Length} bytes, which is not a whole number of records of {Record} bytes.");
        }

        for (int start = 0; start < bytes.Length; start += Record)
        {
            if (bytes[start] >= Classes.Count)
            {
                throw new UserException($"'{path}' is no CIFAR-10 batch: image {(start / Record) + 1} has label {bytes[start]}, but labels go from 0 to 9.");
            }
        }

        return bytes;
    }
}
