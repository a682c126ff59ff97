using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Compat.Tests;

/// <summary>A model file that is damaged, incomplete or too new is refused; saving is all or nothing.</summary>
[TestClass]
public sealed class ModelFileTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_file_that_is_no_zip_is_refused()
    {
        AssertRefused([]);
        AssertRefused([1, 2, 3, 4, 5]);
        byte[] model = Save();
        AssertRefused(model[..(model.Length / 2)]);
        AssertRefused(model[..^10]);
    }

    [TestMethod]
    public void A_missing_truncated_or_altered_entry_is_refused()
    {
        AssertRefused(Edit(entry => null));
        AssertRefused(Edit(entry => entry[..(entry.Length / 2)]));
        AssertRefused(Edit(entry => [.. entry.Select(value => (byte)(value ^ 0x5a))]));
        AssertRefused(Edit(entry => []));
    }

    [TestMethod]
    public void Every_truncation_of_the_transformer_is_refused()
    {
        int length = 0;
        Edit(entry => entry[..(length = entry.Length)], "Transform_000/Model.key");
        for (int kept = 0; kept < length; kept++)
        {
            AssertRefused(Edit(entry => entry[..kept], "Transform_000/Model.key"));
        }
    }

    [TestMethod]
    public void An_altered_byte_at_the_start_of_a_part_is_refused_or_harmless()
    {
        int length = 0;
        Edit(entry => entry[..(length = entry.Length)], "Transform_000/Model.key");
        for (int i = 0; i < Math.Min(length, 64); i++)
        {
            byte[] altered = Edit(entry =>
            {
                entry[i] ^= 0x5a;
                return entry;
            }, "Transform_000/Model.key");
            try
            {
                _ml.Model.Load(new MemoryStream(altered), out _);
            }
            catch (Exception exception)
            {
                AssertFormatException(exception, $"byte {i}");
            }
        }
    }

    /// <summary>Both formats hold a version as a 32-bit number near the start of a part; one from the far future is refused as such.</summary>
    [TestMethod]
    public void A_model_of_a_newer_version_is_refused()
    {
        int length = 0;
        Edit(entry => entry[..(length = entry.Length)], "Transform_000/Model.key");
        bool refused = false;
        for (int i = 0; i + 4 <= Math.Min(length, 128); i++)
        {
            byte[] altered = Edit(entry =>
            {
                BitConverter.TryWriteBytes(entry.AsSpan(i), 0x0FFF0000);
                return entry;
            }, "Transform_000/Model.key");
            try
            {
                _ml.Model.Load(new MemoryStream(altered), out _);
            }
            catch (Exception exception)
            {
                AssertFormatException(exception, $"byte {i}");
                refused |= exception.ToString().Contains("version", StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.IsTrue(refused);
    }

    [TestMethod]
    public void A_model_without_input_schema_loads_without_one()
    {
        using MemoryStream file = new(Save(withSchema: false));
        Assert.IsNotNull(_ml.Model.Load(file, out DataViewSchema schema));
        Assert.IsNull(schema);
    }

    [TestMethod]
    public void Saving_replaces_a_file_and_leaves_nothing_beside_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("model");
        try
        {
            string path = Path.Combine(folder.FullName, "model.zip");
            File.WriteAllText(path, "old");
            IDataView data = TransformData.Edge(_ml);
            _ml.Model.Save(Pipeline().Fit(data), data.Schema, path);
            Assert.HasCount(1, folder.GetFiles());
            Assert.AreEqual("Vector<Single, 2>", _ml.Model.Load(path, out _).GetOutputSchema(data.Schema)["Both"].Type.ToString());
            Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Model.Save(Pipeline().Fit(data), data.Schema, Path.Combine(folder.FullName, "none", "model.zip")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A FormatException, which ML.NET wraps if it comes from a part of the model.</summary>
    private void AssertRefused(byte[] model)
    {
        Exception thrown = Assert.Throws<Exception>(() => _ml.Model.Load(new MemoryStream(model), out _), $"{model.Length} bytes");
        AssertFormatException(thrown, $"{model.Length} bytes");
    }

    private static void AssertFormatException(Exception? exception, string what)
    {
        string thrown = $"{what}: {exception}";
        while (exception is not (null or FormatException))
        {
            exception = exception.InnerException;
        }

        Assert.IsNotNull(exception, thrown);
    }

    private EstimatorChain<NormalizingTransformer> Pipeline() => _ml.Transforms.Concatenate("Both", "P", "Neg").Append(_ml.Transforms.NormalizeMinMax("Both"));

    private byte[] Save(bool withSchema = true)
    {
        IDataView data = TransformData.Edge(_ml);
        using MemoryStream file = new();
        _ml.Model.Save(Pipeline().Fit(data), withSchema ? data.Schema : null, file);
        return file.ToArray();
    }

    /// <summary>The model with the entries of the given name changed, or left out.</summary>
    private byte[] Edit(Func<byte[], byte[]?> change, string name = "Model.key")
    {
        using MemoryStream result = new();
        using (ZipArchive source = new(new MemoryStream(Save())))
        using (ZipArchive target = new(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using MemoryStream content = new();
                using (Stream stream = entry.Open())
                {
                    stream.CopyTo(content);
                }

                byte[]? changed = entry.FullName.EndsWith(name, StringComparison.Ordinal) ? change(content.ToArray()) : content.ToArray();
                if (changed is not null)
                {
                    using Stream stream = target.CreateEntry(entry.FullName).Open();
                    stream.Write(changed);
                }
            }
        }

        return result.ToArray();
    }
}
