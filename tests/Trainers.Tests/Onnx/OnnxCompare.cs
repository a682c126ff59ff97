using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>Holds a file's outputs to the columns of the same names that the pipeline makes.</summary>
internal static class OnnxCompare
{
    public const double Tolerance = 1e-5;

    /// <param name="file">The exported model.</param>
    /// <param name="rows">What it reads.</param>
    /// <param name="scored">What the pipeline makes.</param>
    public static void AreEqual(OnnxFile file, float[][] rows, IDataView scored)
    {
        string[] expected = [.. new[] { "PredictedLabel", "Probability", "Score" }.Where(name => scored.Schema.GetColumnOrNull(name) is not null)];
        CollectionAssert.IsSubsetOf(expected, file.Outputs.ToArray());
        foreach (var (name, actual) in file.Run(rows))
        {
            object[] values = Values(scored, name);
            Assert.HasCount(values.Length, actual, name);
            int wrong = 0;
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] is double number && actual[i] is double other && name != "PredictedLabel")
                {
                    Assert.AreEqual(number, other, Tolerance * Math.Max(1, Math.Abs(number)), $"{name} {i}");
                }
                else
                {
                    wrong += Equals(values[i], actual[i]) ? 0 : 1;
                }
            }

            // A score within the tolerance of a threshold, or of another class's score, may fall on either side of it.
            Assert.IsLessThanOrEqualTo(values.Length / 100, wrong, name);
        }
    }

    private static object[] Values(IDataView view, string name) => view.Schema[name].Type switch
    {
        VectorDataViewType => [.. view.GetColumn<float[]>(name).SelectMany(row => row).Select(value => (object)(double)value)],
        KeyDataViewType => [.. view.GetColumn<uint>(name).Select(key => (object)(key - 1.0))],
        TextDataViewType => [.. view.GetColumn<string>(name)],
        BooleanDataViewType => [.. view.GetColumn<bool>(name).Select(flag => (object)(flag ? 1.0 : 0.0))],
        var type when type == NumberDataViewType.Double => [.. view.GetColumn<double>(name).Select(value => (object)value)],
        var type when type == NumberDataViewType.Int32 => [.. view.GetColumn<int>(name).Select(value => (object)Convert.ToDouble(value, CultureInfo.InvariantCulture))],
        _ => [.. view.GetColumn<float>(name).Select(value => (object)(double)value)],
    };
}
