using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A folder of a model file being read; the counterpart of <see cref="ModelSaveContext"/>.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _folder;

    private ModelLoadContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
        Reader = Open(archive.GetEntry($"{folder}/{ModelSaveContext.EntryName}") ?? throw Corrupt($"the entry '{ModelSaveContext.EntryName}' is missing"));
    }

    public BinaryReader Reader { get; }

    public static T Load<T>(IHostEnvironment env, ZipArchive archive, string folder) where T : class
    {
        using ModelLoadContext ctx = new(archive, folder);
        if (ctx.Reader.ReadUInt32() != ModelSaveContext.Magic)
        {
            throw ctx.Corrupt("it does not start as a model does");
        }

        string signature = ctx.Reader.ReadString();
        int version = ctx.Reader.ReadInt32();
        if (!ModelLoaders.Table.TryGetValue(signature, out Func<IHostEnvironment, ModelLoadContext, object>? load))
        {
            throw ctx.Corrupt($"its kind '{signature}' is unknown");
        }

        if (version > ModelLoaders.Version)
        {
            throw new FormatException($"The model part '{folder}' of kind '{signature}' has version {version}; this program reads up to version {ModelLoaders.Version}. Use a newer program.");
        }

        return load(env, ctx) as T ?? throw ctx.Corrupt($"a {typeof(T).Name} was expected, not '{signature}'");
    }

    /// <summary>Reads a part from a subfolder.</summary>
    public T LoadModel<T>(IHostEnvironment env, string name) where T : class => Load<T>(env, _archive, $"{_folder}/{name}");

    /// <summary>Reads a count that was written as an Int32.</summary>
    public int ReadCount()
    {
        int count = Reader.ReadInt32();
        return count >= 0 ? count : throw Corrupt("it holds a negative count");
    }

    public string[] ReadStrings()
    {
        List<string> values = [];
        for (int count = ReadCount(); count > 0; count--)
        {
            values.Add(Reader.ReadString());
        }

        return [.. values];
    }

    public FormatException Corrupt(string reason) => new($"The model part '{_folder}' is corrupt: {reason}.");

    public void Dispose() => Reader.Dispose();

    /// <summary>The whole entry in memory, so that readers can compare counts with its length.</summary>
    public static BinaryReader Open(ZipArchiveEntry entry)
    {
        MemoryStream copy = new();
        using (Stream stream = entry.Open())
        {
            stream.CopyTo(copy);
        }

        copy.Position = 0;
        return new(copy, Encoding.UTF8);
    }
}
