using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

// LoadAndScore MODEL ROWS: ROWS is a text file with the features of a row a line, separated by commas; or, with a header line, the columns that the model was trained on.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out DataViewSchema schema);
IDataView scored = model.Transform(schema.GetColumnOrNull("Features") is { } features ? Vectors((VectorDataViewType)features.Type) : Table());
IEnumerable<float> scores = scored.Schema["Score"].Type is VectorDataViewType
    ? scored.GetColumn<float[]>("Score").SelectMany(row => row)
    : scored.GetColumn<float>("Score");
foreach (float score in scores)
{
    Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
}

IDataView Vectors(VectorDataViewType type)
{
    var definition = SchemaDefinition.Create(typeof(Row));
    definition[nameof(Row.Features)].ColumnType = type;
    var rows = File.ReadLines(args[1]).Select(line => new Row { Features = [.. line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))] });
    return ml.Data.LoadFromEnumerable(rows, definition);
}

IDataView Table() => ml.Data.LoadFromTextFile(args[1], new TextLoader.Options
{
    Columns = [.. schema.Where(column => !column.IsHidden).Select((column, i) => new TextLoader.Column(column.Name, Kind(column.Type), i))],
    HasHeader = true,
    Separators = [','],
    AllowQuoting = true,
});

static DataKind Kind(DataViewType type) => type switch
{
    TextDataViewType => DataKind.String,
    BooleanDataViewType => DataKind.Boolean,
    DateTimeDataViewType => DataKind.DateTime,
    _ => Enum.Parse<DataKind>(type.RawType.Name),
};

internal sealed class Row
{
    public float[] Features { get; set; } = [];
}
