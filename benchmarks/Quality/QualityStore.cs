using System.Text.Json;
using System.Text.Json.Serialization;
using EE569.Benchmarks.Report;

namespace EE569.Benchmarks.Quality;

/// <summary>The file of results, JSON lines: the runs, then what they measured. Written anew after each measurement, to a temporary name that is moved.</summary>
internal sealed class QualityStore
{
    private static readonly JsonSerializerOptions _json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly string _path;
    private readonly List<QualityRunInfo> _runs = [];
    private readonly Dictionary<(string, string, int, int, int), QualityResult> _results = [];
    private readonly Lock _lock = new();

    public QualityStore(string path)
    {
        _path = path;
        foreach ((int index, string line) in (File.Exists(path) ? File.ReadLines(path) : []).Index())
        {
            try
            {
                if (line.Contains($"\"{nameof(QualityRunInfo.Machine)}\"", StringComparison.Ordinal))
                {
                    _runs.Add(JsonSerializer.Deserialize<QualityRunInfo>(line, _json)!);
                }
                else
                {
                    QualityResult result = JsonSerializer.Deserialize<QualityResult>(line, _json)!;
                    _results[result.Key] = result;
                }
            }
            catch (JsonException exception)
            {
                throw new InvalidOperationException($"{path}, line {index + 1}, is no result ({exception.Message}): delete the line, or move the file away.");
            }
        }
    }

    public IReadOnlyList<QualityRunInfo> Runs => _runs;

    public IReadOnlyCollection<QualityResult> Results => _results.Values;

    /// <returns>The number of the run.</returns>
    public int Add(QualityRunInfo run)
    {
        _runs.Add(run);
        return _runs.Count - 1;
    }

    public bool Has(QualityResult result) => _results.ContainsKey(result.Key);

    /// <summary>Keeps a measurement, in place of an earlier one of the same.</summary>
    public void Add(QualityResult result)
    {
        lock (_lock)
        {
            _results[result.Key] = result;
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            Page.Replace(_path, string.Concat(_runs.Select(run => JsonSerializer.Serialize(run, _json)).Concat(_results.Values.Select(one => JsonSerializer.Serialize(one, _json))).Select(line => line + "\n")));
        }
    }
}
