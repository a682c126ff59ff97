using EE569.Trainers.Preparation;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Prediction;

/// <summary>A model loaded from the file that <c>train</c> wrote.</summary>
internal sealed class SavedModel
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _path;
    private readonly WarningLog _warnings;

    public SavedModel(string path)
    {
        _warnings = WarningLog.Of(_context);
        _path = File.Exists(path) ? path : throw new UserException($"There is no model file '{path}'.");
        (Pipeline, InputSchema) = Guard($"'{path}' is no model that ML.NET can load", () =>
        {
            ModelArchive.Check(path);
            return LoadInTime();
        });
    }

    public ITransformer Pipeline { get; }

    public DataViewSchema InputSchema { get; }

    /// <summary>What the model's transformers warned of.</summary>
    public IReadOnlyList<string> Warnings => _warnings.Messages;

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
    /// <param name="path">The file.</param>
    /// <param name="reading">How it is written, as far as the user says.</param>
    /// <param name="progress">Hears how it comes along.</param>
    /// <param name="label">The column of the labels, or null.</param>
    /// <param name="keep">Columns that stand beside the predictions.</param>
    public Predictions Predict(string path, ReadingOptions reading, IProgressReporter progress, string? label = null, IReadOnlyList<string>? keep = null)
    {
        (LoadedColumn[] columns, StringDataFrameColumn[] kept) = Load(path, reading, label, keep ?? [], progress);
        var frame = new DataFrame(columns.Select(column => column.Values));
        return Predict(path, frame, progress) with
        {
            Kept = kept,
            Notes =
            [
                .. columns.Where(column => column.Warning is not null).Select(column => $"column '{column.Name}': {column.Warning}."),
                .. Guard($"The model in '{_path}' cannot read the rows of '{path}'", () => Unexpected(Inputs(frame))),
            ],
        };
    }

    /// <summary>Predicts rows that were read before.</summary>
    public Predictions Predict(string path, DataFrame frame, IProgressReporter progress) =>
        Guard($"The model in '{_path}' cannot predict the rows of '{path}'", () => Score(path, frame, progress));

    /// <summary>The classes it knows; none where it predicts numbers.</summary>
    public IReadOnlyList<string> Classes => ClassesOf(Pipeline.GetOutputSchema(InputSchema));

    private static string[] ClassesOf(DataViewSchema scored)
    {
        if (scored["Score"].Type is not VectorDataViewType)
        {
            return [];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        scored["Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>The columns of the model alone: others of the file may have the names of columns that the model makes.</summary>
    private DataFrame Inputs(DataFrame frame) => new(InputSchema.Select(column => frame.Columns[column.Name]));

    /// <summary>The preparation of a table that the model begins with; null in a model of one's own.</summary>
    public TableFeaturizingTransformer? Preparation()
    {
        try
        {
            return TableFeaturizingTransformer.FromLoaded(Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What training had no example of, a line a column, and how it is taken.</summary>
    private string[] Unexpected(IDataView rows)
    {
        if (Preparation() is not { } preparation)
        {
            return [];
        }

        var kinds = preparation.Columns.ToDictionary(column => column.Name, column => column.Kind);
        return [.. preparation.CountUnexpected(rows).Where(found => found.MissingCount + found.UnseenCount > 0).Select(found =>
        {
            string missing = kinds[found.Column] switch
            {
                TableColumnKind.Number => "the median",
                TableColumnKind.Boolean => "the middle",
                TableColumnKind.Date => "no date",
                _ => "no category",
            };
            string[] parts =
            [
                .. found.MissingCount > 0 ? [$"{found.MissingCount} missing, though training had none (taken as {missing})"] : Array.Empty<string>(),
                .. found.UnseenCount > 0 ? [$"{found.UnseenCount} of categories that training did not have (taken as rare ones, or as none where training had no rare ones)"] : Array.Empty<string>(),
            ];
            return $"column '{found.Column}': {string.Join(", ", parts)}.";
        })];
    }

    private Predictions Score(string path, DataFrame frame, IProgressReporter progress)
    {
        // ML.NET starts threads for each transformer, which costs more than few rows do.
        const int FewRows = 20_000;
        IDataView scored = Pipeline.Transform(Inputs(frame)), ordered = frame.Rows.Count > FewRows ? scored : new OrderedView(scored);
        T[] Rows<T>()
            where T : class, new() => [.. RowProgress.Over(_context.Data.CreateEnumerable<T>(ordered, reuseRowObject: false), progress, "predicting", frame.Rows.Count)];
        string[] classes = ClassesOf(scored.Schema);
        if (classes.Length == 0)
        {
            return new NumberPredictions(path, frame, [.. Rows<NumberRow>().Select(row => row.Score)]);
        }

        ClassRow[] rows = Rows<ClassRow>();
        return rows.All(row => row.Score.Length == classes.Length && (classes.Contains(row.PredictedLabel) || !row.Score.All(float.IsFinite)))
            ? new ClassPredictions(path, frame, classes, [.. rows.Select(row => row.PredictedLabel)], [.. rows.Select(row => row.Score)])
            : throw new InvalidDataException("its classes and scores do not belong together.");
    }

    /// <summary>ML.NET counts on to what a damaged count says, though the file has ended. No model of this size takes it that long.</summary>
    private (ITransformer Pipeline, DataViewSchema Schema) LoadInTime()
    {
        var load = Task.Run(() => (Pipeline: _context.Model.Load(_path, out DataViewSchema schema), Schema: schema));
        var limit = TimeSpan.FromSeconds(20 + (new FileInfo(_path).Length >> 20));

        // The program's own time: of a busy machine's it may get little.
        TimeSpan start = Environment.CpuUsage.TotalTime;
        while (Task.WaitAny([load], TimeSpan.FromSeconds(1)) < 0)
        {
            if (Environment.CpuUsage.TotalTime - start > limit)
            {
                throw new InvalidDataException($"it is damaged, for ML.NET does not come to its end in {limit.TotalSeconds} seconds.");
            }
        }

        (ITransformer pipeline, DataViewSchema? schema) = load.GetAwaiter().GetResult();
        return (pipeline, schema ?? throw new InvalidDataException("it does not tell its input columns."));
    }

    private (LoadedColumn[] Columns, StringDataFrameColumn[] Kept) Load(string path, ReadingOptions reading, string? label, IReadOnlyList<string> keep, IProgressReporter progress)
    {
        using TableFile file = TableFile.Open(path, reading, progress);
        string[] wanted = [.. InputSchema.Select(column => column.Name).Concat(label is null ? [] : [label]).Select(file.Require)];

        // One word may name several columns, unless it is the name of one.
        keep = [.. keep.SelectMany(word => file.Header.Contains(word) ? [word] : word.Split(',', StringSplitOptions.TrimEntries)).Select(file.Require).Distinct()];
        CellKind labels = label is not null && Guard($"'{_path}' is no model that predicts", () => Classes.Count == 0) ? CellKind.Number : CellKind.Text;
        IReadOnlyList<ColumnReader> readers = file.Read(name => !wanted.Contains(name) ? CellKind.Ignored : InputSchema.GetColumnOrNull(name)?.Type switch
        {
            null => labels,
            NumberDataViewType => CellKind.Number,
            DateTimeDataViewType => CellKind.Date,
            _ => CellKind.Text,
        });
        if (readers.FirstOrDefault(reader => reader.Wrong > 0) is { } wrong)
        {
            throw new UserException($"'{path}': column '{wrong.Name}' must be {(wrong.Kind == CellKind.Date ? "dates in one way of writing" : "numeric")}, but {wrong.WrongCell}.");
        }

        // What is kept is read once more, as text: a number as it is written, not as the model's 32 bits round it.
        var texts = keep.Count == 0 ? [] : file.Read(name => keep.Contains(name) ? CellKind.Text : CellKind.Ignored).ToDictionary(reader => reader.Name, reader => ((TextColumn)reader).Cells);
        return ([.. readers.Select(reader => reader.Column())], [.. keep.Select(name => new StringDataFrameColumn(name, texts[name]))]);
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
