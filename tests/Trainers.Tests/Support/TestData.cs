using System.Globalization;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Support;

/// <summary>Small data sets with standardised features.</summary>
internal static class TestData
{
    public static List<BinaryRow> Gaussians() => [.. Standardised(Csv("gaussians.csv")).Select(row => new BinaryRow { Features = row.Features, Label = row.Label == "1" })];

    public static List<ClassRow> Iris() => [.. Standardised(Csv("iris.csv")).Select(row => new ClassRow { Features = row.Features, Label = row.Label })];

    /// <summary>y = 2 x1 - x2 + sin(3 x1) on a fixed grid.</summary>
    public static List<NumberRow> Waves() =>
        [.. Enumerable.Range(0, 200).Select(i => (X1: ((i % 20) - 9.5f) / 6, X2: ((i / 20) - 4.5f) / 3))
            .Select(x => new NumberRow { Features = [x.X1, x.X2], Label = (2 * x.X1) - x.X2 + MathF.Sin(3 * x.X1) })];

    /// <summary>Two rings that no line separates.</summary>
    public static List<BinaryRow> Rings() =>
        [.. Enumerable.Range(0, 200).Select(i => (Radius: i % 2 == 0 ? 0.5f : 1.5f, Angle: i * 0.7f))
            .Select((p, i) => new BinaryRow { Features = [p.Radius * MathF.Cos(p.Angle), p.Radius * MathF.Sin(p.Angle)], Label = i % 2 == 0 })];

    public static IDataView IrisView(MLContext ml)
    {
        var text = ml.Data.LoadFromEnumerable(Iris());
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(text).Transform(text);
    }

    private static List<(float[] Features, string Label)> Csv(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)).Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (cells[..^1].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray(), cells[^1]))];

    private static List<(float[] Features, string Label)> Standardised(List<(float[] Features, string Label)> rows)
    {
        for (int column = 0; column < rows[0].Features.Length; column++)
        {
            double mean = rows.Average(row => row.Features[column]);
            double deviation = Math.Sqrt(rows.Average(row => Math.Pow(row.Features[column] - mean, 2)));
            rows.ForEach(row => row.Features[column] = (float)((row.Features[column] - mean) / deviation));
        }

        return rows;
    }
}
