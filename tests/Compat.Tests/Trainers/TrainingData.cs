using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>The CSV files the golden runs were trained on, prepared as they were; and the objectives the trainers minimise, computed plainly.</summary>
internal sealed class TrainingData
{
    private readonly float[][] _features;
    private readonly int[] _labels;

    private TrainingData(IDataView view, float[][] features, int[] labels) => (View, _features, _labels) = (view, features, labels);

    public IDataView View { get; }

    public int Rows => _labels.Length;

    /// <summary>Label is Boolean in the files of two classes, else a key in order of occurrence.</summary>
    public static TrainingData Load(MLContext ml, string file, string normalisation)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file)).Where(line => line.Length > 0).Select(line => line.Split(','))];
        int label = Array.IndexOf(lines[0], "Label");
        Row[] rows = [.. lines.Skip(1).Select(cells => new Row
        {
            Text = cells[label],
            Features = [.. cells.Where((_, i) => i != label).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))],
        })];
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);

        bool binary = rows.Select(row => row.Text).Distinct().Count() == 2;
        foreach (Row row in rows)
            row.Positive = row.Text is "malignant" or "1" or "true" or "True";
        IDataView raw = ml.Data.LoadFromEnumerable(rows, definition);
        IEstimator<ITransformer> pipeline = binary
            ? ml.Transforms.CopyColumns("Label", "Positive")
            : ml.Transforms.Conversion.MapValueToKey("Label", "Text");
        IEstimator<ITransformer>? normalise = normalisation switch
        {
            "none" => null,
            "NormalizeMeanVariance(\"Features\")" => ml.Transforms.NormalizeMeanVariance("Features"),
            "NormalizeMeanVariance(\"Features\", fixZero: false)" => ml.Transforms.NormalizeMeanVariance("Features", fixZero: false),
            "NormalizeMinMax(\"Features\")" => ml.Transforms.NormalizeMinMax("Features"),
            _ => throw new ArgumentException(normalisation, nameof(normalisation)),
        };
        pipeline = normalise is null ? pipeline : pipeline.Append(normalise);
        IDataView view = pipeline.Fit(raw).Transform(raw);
        int[] labels = binary
            ? [.. view.GetColumn<bool>("Label").Select(positive => positive ? 1 : 0)]
            : [.. view.GetColumn<uint>("Label").Select(key => (int)key - 1)];
        return new(view, [.. view.GetColumn<float[]>("Features")], labels);
    }

    /// <summary>The mean log loss of a linear model of two classes, in nats.</summary>
    public double LogLoss(IReadOnlyList<float> weights, float bias) => _features.Zip(_labels).Average(row =>
    {
        double margin = (row.Second == 1 ? 1 : -1) * (bias + Dot(weights, row.First));
        return Math.Max(0, -margin) + double.LogP1(Math.Exp(-Math.Abs(margin)));
    });

    /// <summary>The mean log loss of softmax regression, in nats.</summary>
    public double LogLoss(float[][] weights, float[] biases) => _features.Zip(_labels).Average(row =>
    {
        double[] scores = [.. weights.Select((w, k) => biases[k] + Dot(w, row.First))];
        double max = scores.Max();
        return max + Math.Log(scores.Sum(score => Math.Exp(score - max))) - scores[row.Second];
    });

    public static float[] Floats(JsonNode? array) => [.. array!.AsArray().Select(value => (float)value!)];

    public static float[][] FloatRows(JsonNode? array) => [.. array!.AsArray().Select(Floats)];

    public static double HalfSquares(IEnumerable<float> weights) => weights.Sum(w => (double)w * w) / 2;

    public static double Magnitudes(IEnumerable<float> weights) => weights.Sum(w => Math.Abs((double)w));

    private static double Dot(IReadOnlyList<float> weights, float[] features)
    {
        double sum = 0;
        for (int j = 0; j < features.Length; j++)
            sum += (double)weights[j] * features[j];
        return sum;
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public bool Positive { get; set; }

        public float[] Features { get; set; } = [];
    }
}
