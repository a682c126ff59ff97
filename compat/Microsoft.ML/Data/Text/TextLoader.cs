using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Loads text files whose lines are rows of separated fields.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly IHost _host;
    private readonly Options _options;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;

    /// <param name="env">The environment that hears of lines that make no sense.</param>
    /// <param name="options">What the files look like.</param>
    /// <param name="sample">A file whose lines tell the number of columns, and whose header names the slots of vectors.</param>
    internal TextLoader(IHostEnvironment env, Options options, IMultiStreamSource? sample)
    {
        _host = env.Register(nameof(TextLoader));
        options.Check();
        _options = options;
        var sampled = new TextSample(options, sample);
        Column[] columns = options.Columns
            ?? [new Column("Label", DataKind.Single, 0), new Column("Features", DataKind.Single, [new Range(1, null)])];
        _columns = [.. columns.Select(column => new TextColumn(column, sampled))];
        if (_columns.Length == 0)
        {
            throw TextSample.NoData();
        }

        var builder = new DataViewSchema.Builder();
        foreach (TextColumn column in _columns)
        {
            builder.AddColumn(column.Name, column.Type, column.SlotNames(sampled));
        }

        _schema = builder.ToSchema();
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source) => new TextView(_host, _options, source, _columns, _schema);
}
