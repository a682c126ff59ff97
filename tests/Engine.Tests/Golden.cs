using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EE569.Engine.Matrices;

namespace EE569.Engine.Tests;

/// <summary>Reads the reference figures in the folder Golden, and compares with them.</summary>
internal static class Golden
{
    public static JsonElement Load(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", file));
        return JsonDocument.Parse(stream).RootElement;
    }

    public static double Number(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetDouble();

    public static double[] Numbers(this JsonElement element) => element.ValueKind != JsonValueKind.Array
        ? [element.Number()]
        : [.. element.EnumerateArray().SelectMany(Numbers)];

    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(item => (int)item.GetDouble())];

    /// <summary>A matrix; a plain list is a single column if asked for, else a single row.</summary>
    public static Matrix<T> Matrix<T>(this JsonElement element, bool listIsColumn = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = [.. element.Numbers().Select(T.CreateTruncating)];
        int rows = element[0].ValueKind == JsonValueKind.Array ? element.GetArrayLength() : listIsColumn ? values.Length : 1;
        return new Matrix<T>(rows, values.Length / rows, values);
    }

    public static void AreClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative = 1e-12, double absolute = 1e-15, string what = "")
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = absolute + relative * Math.Abs(expected[i]);
            Assert.IsTrue(
                expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    public static double[] ToDoubles<T>(this ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = double.CreateTruncating(values[i]);
        }

        return result;
    }

    public static double[] ToDoubles<T>(this Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T> =>
        ((ReadOnlySpan<T>)matrix.Values).ToDoubles();
}
