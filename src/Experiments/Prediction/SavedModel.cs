using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Prediction;

/// <summary>A model loaded from the file that <c>train</c> wrote.</summary>
internal sealed class SavedModel
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _path;

    public SavedModel(string path)
    {
        _path = File.Exists(path) ? path : throw new UserException($"There is no model file '{path}'.");
        (Pipeline, InputSchema) = Guard($"'{path}' is no model that ML.NET can load", () =>
        {
            ModelArchive.Check(path);
            return LoadInTime();
        });
    }

    public ITransformer Pipeline { get; }

    public DataViewSchema InputSchema { get; }

    /// <summary>
    /// Uses the model. Its file may be damaged, or a stranger's: that can lead ML.NET to any exception whatever, wrapped once for each part around the damage,
    /// and often not before a row is scored.
    /// </summary>
    public static T Guard<T>(string failure, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception exception) when (exception is not UserException)
        {
            throw new UserException($"{failure}: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>Predicts every row of a table that has the model's feature columns, and reads the column of the label where one is named.</summary>
    public Predictions Predict(string path, ReadingOptions reading, IProgressReporter progress, string? label = null)
    {
        IReadOnlyList<LoadedColumn> columns = Load(path, reading, label, progress);
        var frame = new DataFrame(columns.Select(column => column.Values));
        return Guard($"The model in '{_path}' cannot predict the rows of '{path}'", () => Score(path, frame, progress)) with
        {
            Notes = [.. columns.Where(column => column.Warning is not null).Select(column => $"column '{column.Name}': {column.Warning}.")],
        };
    }

    /// <summary>Scores the columns of the model alone: others of the file may have the names of columns that the model makes.</summary>
    private Predictions Score(string path, DataFrame frame, IProgressReporter progress)
    {
        IDataView scored = Pipeline.Transform(new DataFrame(InputSchema.Select(column => frame.Columns[column.Name])));
        T[] Rows<T>()
            where T : class, new() => [.. RowProgress.Over(_context.Data.CreateEnumerable<T>(scored, reuseRowObject: false), progress, "predicting", frame.Rows.Count)];
        if (scored.Schema["Score"].Type is not VectorDataViewType)
        {
            return new NumberPredictions(path, frame, [.. Rows<NumberRow>().Select(row => row.Score)]);
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        string[] classes = [.. names.DenseValues().Select(name => name.ToString())];
        ClassRow[] rows = Rows<ClassRow>();
        return rows.All(row => row.Score.Length == classes.Length && classes.Contains(row.PredictedLabel))
            ? new ClassPredictions(path, frame, classes, [.. rows.Select(row => row.PredictedLabel)], [.. rows.Select(row => row.Score)])
            : throw new InvalidDataException("its classes and scores do not belong together.");
    }

    /// <summary>ML.NET counts on to what a damaged count says, though the file has ended. No model of this size takes it that long.</summary>
    private (ITransformer Pipeline, DataViewSchema Schema) LoadInTime()
    {
        var load = Task.Run(() => (Pipeline: _context.Model.Load(_path, out DataViewSchema schema), Schema: schema));
        var limit = TimeSpan.FromSeconds(20 + (new FileInfo(_path).Length >> 20));
        if (Task.WaitAny([load], limit) < 0)
        {
            throw new InvalidDataException($"it is damaged, for ML.NET does not come to its end in {limit.TotalSeconds} seconds.");
        }

        (ITransformer pipeline, DataViewSchema? schema) = load.GetAwaiter().GetResult();
        return (pipeline, schema ?? throw new InvalidDataException("it does not tell its input columns."));
    }

    private LoadedColumn[] Load(string path, ReadingOptions reading, string? label, IProgressReporter progress)
    {
        using TableFile file = TableFile.Open(path, reading, progress);
        string[] wanted = [.. InputSchema.Select(column => column.Name).Concat(label is null ? [] : [label]).Select(file.Require)];
        IReadOnlyList<ColumnReader> readers = file.Read(name => !wanted.Contains(name) ? CellKind.Ignored : InputSchema.GetColumnOrNull(name)?.Type switch
        {
            NumberDataViewType => CellKind.Number,
            DateTimeDataViewType => CellKind.Date,
            _ => CellKind.Text,
        });
        return readers.FirstOrDefault(reader => reader.Wrong > 0) is { } wrong
            ? throw new UserException($"'{path}': column '{wrong.Name}' must be {(wrong.Kind == CellKind.Date ? "dates in one way of writing" : "numeric")}, but {wrong.WrongCell}.")
            : [.. readers.Select(reader => reader.Column())];
    }

    private sealed class NumberRow
    {
        public float Score { get; set; }
    }

    private sealed class ClassRow
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
