using System.IO.Compression;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>A trained model as the entries of its zip, to be packed again with what a stranger may have put into it.</summary>
internal sealed class ModelZip
{
    private ModelZip(byte[] original)
    {
        using var archive = new ZipArchive(new MemoryStream(original), ZipArchiveMode.Read);
        Entries = [.. archive.Entries.Select(entry => (entry.FullName, Content(entry)))];
    }

    public IReadOnlyList<(string Name, byte[] Content)> Entries { get; }

    /// <summary>The rows that the model was trained on: the features A and B of class x or y.</summary>
    public static string Csv { get; } = "A,B,Label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 7},{i % 5},{(i % 2 == 0 ? "x" : "y")}\n"));

    /// <summary>A model that the command line predicts with.</summary>
    public static ModelZip Trained(string folder, string trainer = "softmax-mlp")
    {
        string data = Path.Combine(folder, "train.csv");
        File.WriteAllText(data, Csv);
        (int exitCode, _, string error) = InProcess.Run("train", "--data", data, "--label", "Label", "--trainer", trainer, "--epochs", "2", "--hidden-layers", "3", "--no-card", "--out", folder);
        Assert.AreEqual(0, exitCode, error);
        return new ModelZip(File.ReadAllBytes(Path.Combine(folder, "model.zip")));
    }

    /// <summary>A zip of entries.</summary>
    public static byte[] Pack(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
