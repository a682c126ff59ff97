using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using EE569.Experiments.Progress;
using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Data;

/// <summary>The download of CIFAR-10, from a server of the test's own that holds a small archive of the same form.</summary>
[TestClass]
public sealed class CifarDownloadTests
{
    private const string Partial = "cifar-10-binary.tar.gz.partial";

    private static readonly byte[] Archive = MakeArchive();

    private static readonly string Checksum = Md5(Archive);

    [TestMethod]
    public async Task Batches_are_fetched_checked_and_unpacked()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive);
        var progress = new RecordedProgress();
        await new CifarDownload(server.Address, Checksum, progress).Run(folder.Path, CancellationToken.None);

        Assert.AreEqual(2, CifarBatches.Read(folder.Path, "data_batch_1", "test_batch").Count);
        Assert.AreEqual(Archive.Length / 1048576.0, progress.Total, 1e-9);
        Assert.AreEqual(progress.Total, progress.Done, 1e-9);
        CollectionAssert.AreEqual(new[] { "cifar-10-batches-bin" }, Names(folder), "nothing temporary is left");
    }

    [TestMethod]
    public async Task What_is_there_is_not_fetched_again()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive);
        Directory.CreateDirectory(Path.Combine(folder.Path, "cifar-10-batches-bin"));
        await Download(server, folder);

        Assert.IsEmpty(server.Requests);
    }

    [TestMethod]
    public async Task A_broken_download_goes_on_where_it_stopped()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive) { BreakAfter = Archive.Length / 2 };
        UserException error = await Assert.ThrowsExactlyAsync<UserException>(() => Download(server, folder));
        Assert.Contains("goes on where it stopped", error.Message);
        long kept = new FileInfo(Path.Combine(folder.Path, Partial)).Length;
        Assert.IsInRange(1, Archive.Length / 2, kept);

        server.BreakAfter = null;
        await Download(server, folder);
        CollectionAssert.AreEqual(new[] { "", $"bytes={kept}-" }, server.Requests);
        Assert.AreEqual(1, CifarBatches.Read(folder.Path, "data_batch_1").Count);
    }

    [TestMethod]
    public async Task A_server_that_knows_no_ranges_sends_all_of_it_again()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive) { KnowsRanges = false };
        folder.File(Partial, Archive[..100]);
        await Download(server, folder);

        Assert.AreEqual(1, CifarBatches.Read(folder.Path, "data_batch_1").Count);
    }

    [TestMethod]
    public async Task A_complete_partial_file_is_unpacked_without_fetching_it_again()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive);
        folder.File(Partial, Archive);
        await Download(server, folder);

        Assert.AreEqual(1, CifarBatches.Read(folder.Path, "data_batch_1").Count);
    }

    [TestMethod]
    public async Task A_wrong_checksum_is_an_error_that_deletes_the_file()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive);
        UserException error = await Assert.ThrowsExactlyAsync<UserException>(() => new CifarDownload(server.Address, CifarDownload.PublishedMD5, new SilentProgress()).Run(folder.Path, CancellationToken.None));

        Assert.Contains($"its MD5 is {Checksum}, not c32a1d4ab5d03f1284b67883e8d87530", error.Message);
        Assert.IsEmpty(Names(folder));
    }

    [TestMethod]
    public async Task No_network_and_no_such_file_are_errors_that_say_what_to_do()
    {
        using var folder = new TemporaryFolder();
        Uri nobody;
        using (var server = new ArchiveServer(Archive))
        {
            nobody = server.Address;
            UserException missing = await Assert.ThrowsExactlyAsync<UserException>(() => new CifarDownload(new Uri(server.Address, "other"), Checksum, new SilentProgress()).Run(folder.Path, CancellationToken.None));
            Assert.Contains("404", missing.Message);
        }

        UserException error = await Assert.ThrowsExactlyAsync<UserException>(() => new CifarDownload(nobody, Checksum, new SilentProgress()).Run(folder.Path, CancellationToken.None));
        Assert.Contains("Check the network", error.Message);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        using var server = new ArchiveServer(Archive);
        string place = Path.Combine(folder.File("taken", "precious"), "cifar");
        UserException error = await Assert.ThrowsExactlyAsync<UserException>(() => new CifarDownload(server.Address, Checksum, new SilentProgress()).Run(place, CancellationToken.None));

        Assert.Contains(place, error.Message);
    }

    [TestMethod]
    public async Task The_option_needs_the_folder() =>
        Assert.Contains("--download-cifar needs --cifar", await ProgramRun.ErrorOf("reproduce", "softmax-regression", "--download-cifar"));

    private static Task Download(ArchiveServer server, TemporaryFolder folder) =>
        new CifarDownload(server.Address, Checksum, new SilentProgress()).Run(folder.Path, CancellationToken.None);

    private static string[] Names(TemporaryFolder folder) => [.. Directory.EnumerateFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry))];

    /// <summary>Two batches of one noisy image (noise does not compress away), and an entry that tries to leave the folder.</summary>
    private static byte[] MakeArchive()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (string name in new[] { "cifar-10-batches-bin/data_batch_1.bin", "cifar-10-batches-bin/test_batch.bin", "../../outside.txt" })
            {
                byte[] image = new byte[1 + CifarBatches.PixelBytes];
                new Random(1).NextBytes(image);
                image[0] = 7;
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(image) });
            }
        }

        return bytes.ToArray();
    }

#pragma warning disable CA5351 // The archive's author publishes an MD5.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
