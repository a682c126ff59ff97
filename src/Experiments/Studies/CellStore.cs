using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Studies;

/// <summary>Finished cells of the run under way, on disk, so that a killed run resumes where it stopped.</summary>
/// <remarks>
/// The folder's name is made from the options and the program's own identity: another seed, size or build never reads these cells.
/// </remarks>
internal sealed class CellStore
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _root;
    private readonly string _folder;

    public CellStore(string outputFolder, StudyOptions options)
    {
        string identity = $"{options}|{typeof(CellStore).Module.ModuleVersionId}|{typeof(Matrix<>).Module.ModuleVersionId}";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12];
        _root = Path.Combine(outputFolder, ".unfinished");
        _folder = Path.Combine(_root, hash);
    }

    /// <summary>The stored result of a cell, or false; a file that cannot be read counts as not stored.</summary>
    public bool TryRead<T>(string study, string cell, out T? result)
    {
        result = default;
        string path = PathOf(study, cell);
        try
        {
            if (!File.Exists(path))
            {
                return false;
            }

            using FileStream stream = File.OpenRead(path);
            result = JsonSerializer.Deserialize<T>(stream, Json);
            return result is not null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Write<T>(string study, string cell, T result) =>
        OutputFile.Write(PathOf(study, cell), stream => JsonSerializer.Serialize(stream, result, Json));

    /// <summary>Forgets all cells: the run they belong to is complete.</summary>
    public void Clear()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private string PathOf(string study, string cell) => Path.Combine(_folder, study, $"{cell}.json");
}
