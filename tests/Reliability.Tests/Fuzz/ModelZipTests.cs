using System.Buffers.Binary;
using EE569.Experiments;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>Model files made to harm: entries that point elsewhere, that are exchanged, that unpack to gigabytes. Refused by name, or predicted with.</summary>
[TestClass]
public sealed class ModelZipTests
{
    private const int Megabyte = 1 << 20;

    private static readonly TemporaryFolder folder = new();
    private static readonly ModelZip model = ModelZip.Trained(folder.Path);
    private static readonly byte[] bytes = File.ReadAllBytes(Path.Combine(folder.Path, "model.zip"));
    private static readonly string csv = Path.Combine(folder.Path, "train.csv");

    [ClassCleanup]
    public static void Clean() => folder.Dispose();

    [TestMethod]
    [DataRow("../evil.txt")]
    [DataRow("..\\evil.txt")]
    [DataRow("part/../../evil.txt")]
    [DataRow("/tmp/ee569-evil.txt")]
    [DataRow("\\\\server\\share\\evil.txt")]
    [DataRow("C:\\evil.txt")]
    [DataRow("C:evil.txt")]
    public void An_entry_that_points_out_of_the_file_is_refused_by_name_and_writes_nothing(string name)
    {
        foreach (byte[] zip in new[] { ModelZip.Pack([.. model.Entries, (name, [1, 2, 3])]), ModelZip.Pack(model.Entries.Select((entry, i) => i == 1 ? (name, entry.Content) : entry)) })
        {
            (int exitCode, string error) = Use(zip, "predict", "--data", csv);

            Assert.AreEqual(2, exitCode, error);
            Assert.Contains($"'{name}'", error);
        }
    }

    [TestMethod]
    public void A_damaged_file_is_refused_by_name_or_used() => Fuzzer.Run(1500, mutator => RunOnce(mutator, mutator.Damage(bytes)), IsOneLine);

    [TestMethod]
    [DataRow("softmax-mlp", 500)]
    [DataRow("tabm", 100)]
    [DataRow("real-mlp", 100)]
    public void Entries_damaged_exchanged_renamed_left_out_or_doubled_are_refused_by_name_or_used(string trainer, int cases)
    {
        using var place = new TemporaryFolder();
        ModelZip whole = ModelZip.Trained(place.Path, trainer);
        Fuzzer.Run(cases, mutator => RunOnce(mutator, ModelZip.Pack(Changed(whole, mutator))), IsOneLine);
    }

    private static List<(string Name, byte[] Content)> Changed(ModelZip whole, Mutator mutator)
    {
        List<(string Name, byte[] Content)> entries = [.. whole.Entries];
        int i = mutator.Random.Next(entries.Count), j = mutator.Random.Next(entries.Count);
        switch (mutator.Random.Next(5))
        {
            case 0:
                entries[i] = (entries[i].Name, mutator.Damage(entries[i].Content));
                break;
            case 1:
                (entries[i], entries[j]) = ((entries[i].Name, entries[j].Content), (entries[j].Name, entries[i].Content));
                break;
            case 2:
                entries[i] = (mutator.Random.Next(2) == 0 ? entries[j].Name + "x" : Path.GetDirectoryName(entries[j].Name) + "/" + Path.GetFileName(entries[i].Name), entries[i].Content);
                break;
            case 3:
                entries.RemoveAt(i);
                break;
            default:
                entries.Add((entries[i].Name, entries[j].Content));
                break;
        }

        return entries;
    }

    [TestMethod]
    [DataRow("TermTransform", "TextLoader", "the loader 'TextLoader'")]
    [DataRow("TermTransform", "CustomTransformer", "the loader 'CustomTransformer'")]
    [DataRow("TermTransform", "WordEmbeddings", "the loader 'WordEmbeddings'")]
    [DataRow("M\0i\0c\0r\0o\0s\0o\0f\0t\0.\0M\0L\0.\0D\0a\0t\0a\0", "M\0i\0c\0r\0o\0s\0o\0f\0t\0.\0M\0L\0.\0E\0v\0i\0l\0", "of 'Microsoft.ML.Evil'")]
    public void A_part_that_asks_for_what_is_not_known_is_refused_before_it_is_opened(string known, string asked, string told)
    {
        byte[] zip = ModelZip.Pack(model.Entries.Select(entry => (entry.Name, System.Text.Encoding.Latin1.GetBytes(
            System.Text.Encoding.Latin1.GetString(entry.Content).Replace(known.PadRight(24, '\0')[..Math.Max(known.Length, 24)], asked.PadRight(24, '\0')[..Math.Max(known.Length, 24)], StringComparison.Ordinal)))));

        (int exitCode, string error) = Use(zip, "predict", "--data", csv);

        Assert.AreEqual(2, exitCode, error);
        Assert.Contains(told, error);
    }

    private static void RunOnce(Mutator mutator, byte[] zip)
    {
        (int exitCode, string error) = Use(zip, mutator.Pick<string[]>([["predict", "--data", csv], ["evaluate", "--data", csv, "--label", "Label"], ["inspect"]]));

        Assert.IsTrue(exitCode is 0 or 2, error);
        if (exitCode == 2)
        {
            throw new UserException(error);
        }
    }

    /// <summary>Whatever ML.NET threw, the user reads one line that names the model's file, or the other file where the model asks for a column or a class that it lacks.</summary>
    private static bool IsOneLine(Exception error) =>
        error is UserException && error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var line]
        && line.StartsWith("ee569: ", StringComparison.Ordinal) && (line.Contains("model.zip'", StringComparison.Ordinal) || line.Contains(csv, StringComparison.Ordinal));

    [TestMethod]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        byte[] oneEntry = ModelZip.Pack(model.Entries.Select((entry, i) => i == 1 ? (entry.Name, new byte[100 * Megabyte]) : entry));
        byte[] manyEntries = ModelZip.Pack([.. model.Entries, .. Enumerable.Range(0, 100).Select(i => ($"part{i}", new byte[Megabyte]))]);
        foreach (byte[] zip in new[] { oneEntry, manyEntries })
        {
            Assert.IsLessThan(Megabyte, zip.Length);
            long before = GC.GetTotalAllocatedBytes(precise: true);

            (int exitCode, string error) = Use(zip, "predict", "--data", csv);

            Assert.AreEqual(2, exitCode, error);
            Assert.Contains("unpack", error);
            Assert.IsLessThan(16L * Megabyte, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
    }

    [TestMethod]
    public void A_bomb_that_understates_its_size_does_not_unpack_beyond_it()
    {
        foreach (int index in Enumerable.Range(0, model.Entries.Count))
        {
            byte[] zip = ModelZip.Pack(model.Entries.Select((entry, i) => i == index ? (entry.Name, new byte[100 * Megabyte]) : entry));
            Understate(zip, 100 * Megabyte, claimed: 1000);
            long before = GC.GetTotalAllocatedBytes(precise: true);

            (int exitCode, string error) = Use(zip, "predict", "--data", csv);

            Assert.IsTrue(exitCode is 0 or 2, error);
            Assert.IsLessThan(64L * Megabyte, GC.GetTotalAllocatedBytes(precise: true) - before, model.Entries[index].Name);
        }
    }

    /// <summary>Runs the command line on a model file; nothing but that file may be new afterwards, neither beside it nor in the folder above or of the process.</summary>
    private static (int ExitCode, string Error) Use(byte[] zip, params string[] command)
    {
        using var place = new TemporaryFolder();
        string inner = Directory.CreateDirectory(Path.Combine(place.Path, "inner")).FullName, file = Path.Combine(inner, "model.zip");
        File.WriteAllBytes(file, zip);
        string[] current = Directory.GetFileSystemEntries(Environment.CurrentDirectory);

        (int exitCode, _, string error) = InProcess.Run([.. command, "--model", file]);

        CollectionAssert.AreEquivalent(new[] { inner, file }, Directory.GetFileSystemEntries(place.Path, "*", SearchOption.AllDirectories));
        CollectionAssert.AreEquivalent(current, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
        Assert.IsFalse(File.Exists("/tmp/ee569-evil.txt"));
        return (exitCode, error);
    }

    /// <summary>Writes another uncompressed size wherever the zip tells the true one.</summary>
    private static void Understate(byte[] zip, int actual, int claimed)
    {
        int places = 0;
        for (int i = 0; i + 4 <= zip.Length; i++)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(i)) == actual)
            {
                BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(i), claimed);
                places++;
            }
        }

        Assert.IsGreaterThan(0, places);
    }
}
