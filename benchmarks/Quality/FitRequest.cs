using EE569.Benchmarks.Workloads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Quality;

/// <summary>Rows that a learner fits, prepared as it wants them.</summary>
internal sealed class FitRequest
{
    private readonly FeatureEncoder _encoder;
    private readonly QualityTable _table;
    private readonly double _mean, _deviation = 1;

    /// <param name="table">The table.</param>
    /// <param name="train">Rows to fit.</param>
    /// <param name="validation">Rows that may choose when to stop; null for a learner that asks for none.</param>
    /// <param name="learner">Says how rows are prepared.</param>
    /// <param name="seed">Of the learner.</param>
    public FitRequest(QualityTable table, int[] train, int[]? validation, Learner learner, int seed)
    {
        (_table, _encoder, Context) = (table, new FeatureEncoder(table, train, learner.Preparation), new MLContext(seed));
        if (learner.StandardizesLabel && table.Entry.Task == TableTask.Regression)
        {
            _mean = train.Average(row => table.Labels[row]);
            _deviation = Math.Sqrt(train.Average(row => Math.Pow(table.Labels[row] - _mean, 2)));
        }

        Train = View(train);
        Validation = validation is null ? null : View(validation);
    }

    public MLContext Context { get; }

    /// <summary>Rows with the columns of <see cref="VectorExample"/>.</summary>
    public IDataView Train { get; }

    public IDataView? Validation { get; }

    /// <summary>The column that is the label in this task.</summary>
    public string Label => _table.Entry.Task switch
    {
        TableTask.Binary => nameof(VectorExample.Label),
        TableTask.Multiclass => nameof(VectorExample.Class),
        _ => nameof(VectorExample.Number),
    };

    /// <summary>What a model says of rows: see <see cref="ErrorOf.Predictions"/>.</summary>
    public float[][] Predict(ITransformer model, int[] rows)
    {
        IDataView scores = model.Transform(View(rows));
        return _table.Entry.Task switch
        {
            TableTask.Binary => [.. scores.GetColumn<float>("Probability").Select(value => new[] { value })],
            TableTask.Multiclass => [.. scores.GetColumn<float[]>("Score")],
            _ => [.. scores.GetColumn<float>("Score").Select(value => new[] { (float)((value * _deviation) + _mean) })],
        };
    }

    private IDataView View(int[] rows)
    {
        VectorExample[] examples = [.. rows.Select(row => new VectorExample
        {
            Label = _table.Labels[row] == 1,
            Class = _table.Entry.Task == TableTask.Multiclass ? (uint)_table.Labels[row] : 0,
            Number = (float)((_table.Labels[row] - _mean) / _deviation),
            Features = Vector(_encoder.Encode(row)),
        })];
        SchemaDefinition schema = VectorExample.Schema(_encoder.Width, _table.Classes);
        if (_encoder.CategoryRanges is { Length: > 0 } ranges)
        {
            schema[nameof(VectorExample.Features)].AddAnnotation(
                "CategoricalSlotRanges", new VBuffer<int>(ranges.Length, ranges), new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2));
        }

        return Context.Data.LoadFromEnumerable(examples, schema);
    }

    /// <summary>Sparse where most is zero, as ML.NET's own one-hot and joined columns are.</summary>
    private static VBuffer<float> Vector(float[] values)
    {
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)];
        return 4 * indices.Length > values.Length ? new(values.Length, values) : new(values.Length, indices.Length, [.. indices.Select(i => values[i])], indices);
    }
}
