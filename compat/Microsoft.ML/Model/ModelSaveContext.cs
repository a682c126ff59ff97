using System.IO.Compression;
using System.Text;

namespace Microsoft.ML;

/// <summary>A folder of a model file being written: one binary entry for the object itself, and subfolders for its parts.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string EntryName = "Model.key";
    internal const uint Magic = 0x434C4D45;

    private readonly ZipArchive _archive;
    private readonly string _folder;
    private readonly MemoryStream _buffer = new();
    private bool _signed;

    internal ModelSaveContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
        Writer = new(_buffer, Encoding.UTF8);
    }

    /// <summary>Writes the object's own entry; call <see cref="SetSignature"/> first.</summary>
    internal BinaryWriter Writer { get; }

    /// <summary>Names the class of the object, by which <see cref="ModelLoaders"/> finds its loader, and the version of what follows.</summary>
    internal void SetSignature(object model)
    {
        if (_signed)
        {
            throw new InvalidOperationException($"The model folder '{_folder}' holds an object already.");
        }

        _signed = true;
        Writer.Write(Magic);
        Writer.Write(model.GetType().Name.Split('`')[0]);
        Writer.Write(ModelLoaders.Version);
    }

    /// <summary>Writes a part into a subfolder.</summary>
    internal void SaveModel(ICanSaveModel model, string name)
    {
        using ModelSaveContext part = new(_archive, $"{_folder}/{name}");
        model.Save(part);
    }

    internal void WriteStrings(string[] values)
    {
        Writer.Write(values.Length);
        foreach (string value in values)
        {
            Writer.Write(value);
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        if (_signed)
        {
            _signed = false;
            using Stream entry = _archive.CreateEntry($"{_folder}/{EntryName}").Open();
            entry.Write(_buffer.ToArray());
        }
    }
}
