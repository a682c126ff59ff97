using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Data;

[TestClass]
public sealed class CifarBatchesTests
{
    private const int Record = 1 + CifarBatches.PixelBytes;

    [TestMethod]
    public void Labels_and_pixels_are_read_in_the_formats_order()
    {
        using var folder = new TemporaryFolder();
        byte[] batch = new byte[2 * Record];
        batch[0] = 3;
        batch[1] = 255; // red, top left
        batch[1 + (32 * 32) + 33] = 51; // green, second row, second column
        batch[Record] = 9;
        batch[(2 * Record) - 1] = 102; // blue, bottom right
        folder.File("data_batch_1.bin", batch);

        Examples examples = CifarBatches.Read(folder.Path, "data_batch_1");

        CollectionAssert.AreEqual(new[] { 3, 9 }, examples.Labels);
        Assert.AreEqual(1f, examples.Features[0, 0]);
        Assert.AreEqual(0.2f, examples.Features[0, 1024 + 33]);
        Assert.AreEqual(0.4f, examples.Features[1, 3071]);
        Assert.AreEqual("cat", examples.Classes[examples.Labels[0]]);
    }

    [TestMethod]
    public void Batches_are_joined_and_found_in_the_archives_own_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "cifar-10-batches-bin"));
        folder.File("cifar-10-batches-bin/data_batch_1.bin", new byte[Record]);
        folder.File("cifar-10-batches-bin/data_batch_2.bin", new byte[2 * Record]);

        Assert.AreEqual(3, CifarBatches.Read(folder.Path, "data_batch_1", "data_batch_2").Count);
    }

    [TestMethod]
    public void A_truncated_file_an_empty_one_and_a_wrong_label_are_named()
    {
        using var folder = new TemporaryFolder();
        byte[] wrong = new byte[2 * Record];
        wrong[Record] = 10;
        folder.File("truncated.bin", new byte[Record - 1]);
        folder.File("empty.bin", []);
        folder.File("wrong.bin", wrong);

        Assert.Contains("3072 bytes", Assert.ThrowsExactly<UserException>(() => CifarBatches.Read(folder.Path, "truncated")).Message);
        Assert.Contains("0 bytes", Assert.ThrowsExactly<UserException>(() => CifarBatches.Read(folder.Path, "empty")).Message);
        Assert.Contains("image 2 has label 10", Assert.ThrowsExactly<UserException>(() => CifarBatches.Read(folder.Path, "wrong")).Message);
        Assert.Contains("missing.bin", Assert.ThrowsExactly<UserException>(() => CifarBatches.Read(folder.Path, "missing")).Message);
    }
}
