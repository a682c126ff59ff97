using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

// LoadAndScore MODEL ROWS: ROWS is a text file with the features of a row a line, separated by commas.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out DataViewSchema schema);
var features = (VectorDataViewType)schema["Features"].Type;
var definition = SchemaDefinition.Create(typeof(Row));
definition[nameof(Row.Features)].ColumnType = features;
var rows = File.ReadLines(args[1]).Select(line => new Row { Features = [.. line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))] });
IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(rows, definition));
IEnumerable<float> scores = scored.Schema["Score"].Type is VectorDataViewType
    ? scored.GetColumn<float[]>("Score").SelectMany(row => row)
    : scored.GetColumn<float>("Score");
foreach (float score in scores)
{
    Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
}

internal sealed class Row
{
    public float[] Features { get; set; } = [];
}
