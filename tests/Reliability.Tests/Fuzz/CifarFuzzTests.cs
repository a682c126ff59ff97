using EE569.Experiments;
using EE569.Experiments.Studies.Data;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>A damaged image file is refused by name or read as whole images.</summary>
[TestClass]
public sealed class CifarFuzzTests
{
    [TestMethod]
    public void Damaged_image_files_are_refused_or_read_whole()
    {
        using var folder = new TemporaryFolder();
        byte[] original = new byte[2 * (1 + CifarBatches.PixelBytes)];
        new Random(1).NextBytes(original);
        original[0] = 3;
        original[1 + CifarBatches.PixelBytes] = 9;
        Fuzzer.Run(500, mutator =>
        {
            byte[] damaged = mutator.Damage(original);
            File.WriteAllBytes(Path.Combine(folder.Path, "data_batch_1.bin"), damaged);
            Examples examples = CifarBatches.Read(folder.Path, "data_batch_1");
            Assert.AreEqual(damaged.Length, examples.Features.Rows * (1 + CifarBatches.PixelBytes));
        }, error => error is UserException && error.Message.Contains("data_batch_1.bin", StringComparison.Ordinal));
    }
}
