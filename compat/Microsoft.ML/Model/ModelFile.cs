using System.IO.Compression;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The model file: a zip with a folder per transformer and the schema of the training input.</summary>
internal static class ModelFile
{
    private const string ChainFolder = "TransformerChain";
    private const string SchemaEntry = "Schema";

    public static void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (StreamWriter version = new(archive.CreateEntry("TrainingInfo/Version.txt").Open()))
        {
            version.Write(typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        }

        using (ModelSaveContext ctx = new(archive, ChainFolder))
        {
            model.Save(ctx);
        }

        if (inputSchema is not null)
        {
            using BinaryWriter writer = new(archive.CreateEntry(SchemaEntry).Open());
            SchemaFormat.Write(writer, inputSchema);
        }
    }

    public static ITransformer Load(IHostEnvironment env, Stream stream, out DataViewSchema inputSchema)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            ITransformer model = ModelLoadContext.Load<ITransformer>(env, archive, ChainFolder);
            inputSchema = LoadSchema(archive)!;
            return model;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new FormatException($"Corrupt model file: {exception.Message}", exception);
        }
    }

    // A model saved without an input schema has none: ML.NET returns null then.
    private static DataViewSchema? LoadSchema(ZipArchive archive)
    {
        if (archive.GetEntry(SchemaEntry) is not { } entry)
        {
            return null;
        }

        using BinaryReader reader = ModelLoadContext.Open(entry);
        return SchemaFormat.Read(reader);
    }
}
