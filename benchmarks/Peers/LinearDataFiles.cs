using System.Runtime.InteropServices;
using System.Text.Json;
using EE569.Benchmarks.Workloads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Peers;

/// <summary>The examples of a data view in binary files, compressed sparse rows, for the linear models of other processes.</summary>
internal sealed class LinearDataFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ee569-linear-").FullName;
    private readonly int _columns;

    public LinearDataFiles(IDataView data)
    {
        DataViewSchema.Column features = data.Schema[nameof(VectorExample.Features)], label = data.Schema[nameof(VectorExample.Class)];
        _columns = ((VectorDataViewType)features.Type).Size;
        List<int> starts = [0], indices = [], labels = [];
        List<float> values = [];
        using DataViewRowCursor cursor = data.GetRowCursor([features, label]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
        VBuffer<float> row = default;
        uint key = 0;
        while (cursor.MoveNext())
        {
            getFeatures(ref row);
            getLabel(ref key);
            indices.AddRange(row.Items().Select(item => item.Key));
            values.AddRange(row.Items().Select(item => item.Value));
            starts.Add(values.Count);
            labels.Add((int)key - 1);
        }

        Rows = labels.Count;
        Write("starts.i32", starts);
        Write("indices.i32", indices);
        Write("values.f32", values);
        Write("y.i32", labels);
    }

    public int Rows { get; }

    /// <summary>Writes what another process is to train.</summary>
    /// <returns>The path of the JSON file.</returns>
    public string Specification(string model)
    {
        string path = Path.Combine(_folder, $"{model}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { folder = _folder, rows = Rows, columns = _columns, model, dense = _columns < 1_000 }));
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write<T>(string name, List<T> values)
        where T : unmanaged =>
        File.WriteAllBytes(Path.Combine(_folder, name), MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
}
