using EE569.Experiments.Data.Csv;
using EE569.Experiments.Studies;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Models;

/// <summary>A model loaded from the file that <c>train</c> wrote.</summary>
internal sealed class SavedModel
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _path;

    public SavedModel(string path)
    {
        _path = path;
        try
        {
            ModelArchive.Check(path);
            Pipeline = _context.Model.Load(path, out DataViewSchema schema);
            InputSchema = schema ?? throw new InvalidDataException("it does not tell its input columns.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no model file '{path}'.", exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A damaged part can lead ML.NET to any error, which it wraps once for each part around it.
            throw new UserException($"'{path}' is no model that ML.NET can load: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    public ITransformer Pipeline { get; }

    public DataViewSchema InputSchema { get; }

    /// <summary>Predicts every row of a CSV file that has the model's feature columns.</summary>
    public Predictions Predict(string path, IProgressReporter progress)
    {
        DataFrame frame = Load(new CsvFile(path, progress));
        try
        {
            return Score(path, frame, progress);
        }
        catch (Exception exception) when (exception.GetBaseException() is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new UserException($"The model in '{_path}' cannot predict the rows of '{path}': {exception.GetBaseException().Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private Predictions Score(string path, DataFrame frame, IProgressReporter progress)
    {
        IDataView scored = Pipeline.Transform(frame);
        IEnumerable<T> Counted<T>(IEnumerable<T> scores) => RowProgress.Over(scores, progress, "predicting", frame.Rows.Count);
        if (scored.Schema.GetColumnOrNull("PredictedLabel") is null)
        {
            return new NumberPredictions(path, frame, [.. Counted(scored.GetColumn<float>("Score"))]);
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        return new ClassPredictions(
            path,
            frame,
            [.. names.DenseValues().Select(name => name.ToString())],
            [.. scored.GetColumn<ReadOnlyMemory<char>>("PredictedLabel").Select(label => label.ToString())],
            [.. Counted(scored.GetColumn<float[]>("Score"))]);
    }

    private DataFrame Load(CsvFile file)
    {
        CsvProfile profile = file.Scan();
        foreach (DataViewSchema.Column column in InputSchema)
        {
            ColumnProfile found = profile[column.Name];
            if (column.Type is NumberDataViewType && found.FirstText is { } text)
            {
                throw new UserException($"'{file.Path}': column '{column.Name}' must be numeric, but line {text.Line} has '{text.Value}'.");
            }
        }

        return file.Load(profile.Columns.Select(column => InputSchema.GetColumnOrNull(column.Name)?.Type is NumberDataViewType));
    }
}
