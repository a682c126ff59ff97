using System.Globalization;
using EE569.Experiments.Data.Csv;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Models;

/// <summary>A classifier loaded from the file that <c>train</c> wrote.</summary>
internal sealed class SavedModel
{
    private readonly MLContext _context = new(seed: 1);

    public SavedModel(string path)
    {
        try
        {
            Pipeline = _context.Model.Load(path, out DataViewSchema schema);
            InputSchema = schema;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no model file '{path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new UserException($"'{path}' is no model that ML.NET can load: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    public ITransformer Pipeline { get; }

    public DataViewSchema InputSchema { get; }

    /// <summary>Predicts every row of a CSV file that has the model's feature columns.</summary>
    public Predictions Predict(string path)
    {
        CsvProfile profile = CsvProfile.Scan(path);
        foreach (DataViewSchema.Column column in InputSchema)
        {
            ColumnProfile found = profile[column.Name];
            if (column.Type is NumberDataViewType && found.FirstText is { } text)
            {
                throw new UserException($"'{path}': column '{column.Name}' must be numeric, but line {text.Line} has '{text.Value}'.");
            }
        }

        DataFrame frame = DataFrame.LoadCsv(
            path,
            dataTypes: [.. profile.Columns.Select(column => InputSchema.GetColumnOrNull(column.Name)?.Type is NumberDataViewType ? typeof(float) : typeof(string))],
            cultureInfo: CultureInfo.InvariantCulture);
        IDataView scored = Pipeline.Transform(frame);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        return new Predictions(
            frame,
            [.. names.DenseValues().Select(name => name.ToString())],
            [.. scored.GetColumn<ReadOnlyMemory<char>>("PredictedLabel").Select(label => label.ToString())],
            [.. scored.GetColumn<float[]>("Score")]);
    }
}
