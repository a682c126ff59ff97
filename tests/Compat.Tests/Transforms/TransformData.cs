using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>The tables the golden transforms were run on.</summary>
internal static class TransformData
{
    public static readonly string[] IrisFeatures = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    public static IDataView Iris(MLContext ml) => ml.Data.LoadFromEnumerable(IrisRows());

    public static IReadOnlyList<IrisRow> IrisRows() =>
    [
        .. from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "iris.csv")).Skip(1)
           let cells = line.Split(',')
           let numbers = cells[..4].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray()
           select new IrisRow { SepalLength = numbers[0], SepalWidth = numbers[1], PetalLength = numbers[2], PetalWidth = numbers[3], Label = cells[4] },
    ];

    public static IDataView IrisWithFeatures(MLContext ml) =>
        ml.Transforms.Concatenate("Features", IrisFeatures).Fit(Iris(ml)).Transform(Iris(ml));

    public static IDataView Edge(MLContext ml) => ml.Data.LoadFromEnumerable<EdgeRow>(
    [
        new() { P = 1, Neg = -1, Const = 5, Zero = 0, WithNaN = 1, V = [1, -2, 3], Dbl = 0.1 },
        new() { P = 2, Neg = -4, Const = 5, Zero = 0, WithNaN = float.NaN, V = [2, -2, 0], Dbl = 0.7 },
        new() { P = 4, Neg = 3, Const = 5, Zero = 0, WithNaN = 3, V = [3, -2, 0], Dbl = -2.5 },
        new() { P = 8, Neg = 0.5f, Const = 5, Zero = 0, WithNaN = 7, V = [5, -2, -6], Dbl = 4 },
        new() { P = 16, Neg = -9, Const = 5, Zero = 0, WithNaN = float.NaN, V = [8, -2, 1], Dbl = 0.001 },
    ]);

    public static IDataView Keys(MLContext ml) => ml.Data.LoadFromEnumerable<KeyRow>(
    [
        new() { T = "banana", I = 30, F = 1.5f, B = true, VT = ["x", "y"] },
        new() { T = "apple", I = 10, F = float.NaN, B = false, VT = ["y", "z"] },
        new() { T = "Cherry", I = -5, F = 0.5f, B = true, VT = ["x", "x"] },
        new() { T = "banana", I = 10, F = 1.5f, B = false, VT = ["", ""] },
        new() { T = "", I = 30, F = -1, B = true, VT = ["z", "y"] },
        new() { T = "", I = 7, F = 3, B = true, VT = ["a", "x"] },
        new() { T = "apple", I = 10, F = 0.5f, B = true, VT = ["x", "y"] },
    ]);

    public static IDataView Missing(MLContext ml) => ml.Data.LoadFromEnumerable<VectorRow>(
    [
        new() { V = [1, float.NaN, 0, 2, float.NaN], S = 1 },
        new() { V = [2, 4, 0, float.NaN, float.NaN], S = float.NaN },
        new() { V = [float.NaN, 8, 0, 4, float.NaN], S = 4 },
    ]);

    public static IDataView Expressions(MLContext ml) => ml.Data.LoadFromEnumerable<VectorRow>(
    [
        new() { V = [-2, -0.5f, 0, 0.5f, 3], S = 0.5f },
        new() { V = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-20f, -100], S = -3 },
        new() { V = [100, 20, -20, 1e30f, -0.001f], S = 90 },
    ]);

    /// <summary>K counts from 0 in the class, and 3 is out of its range: missing.</summary>
    public static IDataView Conversions(MLContext ml) => ml.Data.LoadFromEnumerable<ConversionRow>(
    [
        new() { F = 1.7f, D = -2.5, I = 300, B = true, S = "12.5", K = 1 },
        new() { F = float.NaN, D = double.NaN, I = -1, B = false, S = "abc", K = 0 },
        new() { F = 1e10f, D = 1e300, I = int.MaxValue, B = true, S = "", K = 3 },
        new() { F = -0.5f, D = 0.5, I = 0, B = false, S = "true", K = 2 },
    ]);

    public sealed class IrisRow
    {
        public float SepalLength;
        public float SepalWidth;
        public float PetalLength;
        public float PetalWidth;
        public string Label = "";
    }

    public sealed class EdgeRow
    {
        public float P;
        public float Neg;
        public float Const;
        public float Zero;
        public float WithNaN;

        [VectorType(3)]
        public float[] V = [];

        public double Dbl;
    }

    public sealed class KeyRow
    {
        public string T = "";
        public int I;
        public float F;
        public bool B;

        [VectorType(2)]
        public string[] VT = [];
    }

    public sealed class VectorRow
    {
        [VectorType(5)]
        public float[] V = [];

        public float S;
    }

    public sealed class ConversionRow
    {
        public float F;
        public double D;
        public int I;
        public bool B;
        public string S = "";

        [KeyType(3)]
        public uint K;
    }
}
