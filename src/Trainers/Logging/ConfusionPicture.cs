namespace EE569.Trainers.Logging;

/// <summary>A confusion matrix as a picture: a cell for each pair of classes, the darker the larger its share of the actual class, with the count in it where there is room.</summary>
internal static class ConfusionPicture
{
    /// <summary>The most classes that are drawn.</summary>
    public const int MostClasses = 50;

    private const int DigitWidth = 4, DigitHeight = 5, Scale = 3;

    /// <summary>The digits 0 to 9 as 3 by 5 points, row by row from the upper left.</summary>
    private static readonly ushort[] Digits =
    [
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001,
        0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_001_001, 0b111_101_111_101_111, 0b111_101_111_001_111,
    ];

    /// <param name="counts">Rows are actual, columns predicted classes.</param>
    /// <returns>Width and height in pixels, and the PNG.</returns>
    public static (int Side, byte[] Png) Draw(Matrix<double> counts)
    {
        int classes = counts.Rows;
        string[] texts = [.. counts.Values.ToArray().Select(count => $"{Math.Round(count)}")];
        int length = texts.Max(text => text.Length);
        int cell = classes <= 20 ? Math.Max(40, ((length * DigitWidth) + 3) * Scale) : 12, side = (classes * cell) + 1;
        double[] totals = [.. Enumerable.Range(0, classes).Select(row => Math.Max(double.Epsilon, Sum(counts.Row(row))))];
        return (side, Png.Encode(side, side, (x, y) =>
        {
            if (x % cell == 0 || y % cell == 0)
            {
                return (141, 153, 174, byte.MaxValue);
            }

            (int row, int column) = (y / cell, x / cell);
            double share = counts[row, column] / totals[row];
            if (classes <= 20 && IsInk(texts[(row * classes) + column], x % cell, y % cell, cell))
            {
                return share > 0.5 ? (byte.MaxValue, byte.MaxValue, byte.MaxValue, byte.MaxValue) : ((byte)26, (byte)29, (byte)33, byte.MaxValue);
            }

            byte Fade(int full) => (byte)(byte.MaxValue - (share * (byte.MaxValue - full)));
            return (Fade(27), Fade(95), Fade(168), byte.MaxValue);
        }));
    }

    /// <summary>Whether a point of a cell belongs to the text in its middle.</summary>
    private static bool IsInk(string text, int x, int y, int cell)
    {
        int left = (cell - (((text.Length * DigitWidth) - 1) * Scale)) / 2, top = (cell - (DigitHeight * Scale)) / 2;
        (int column, int row) = ((x - left) / Scale, (y - top) / Scale);
        return x >= left && y >= top && row < DigitHeight && column / DigitWidth < text.Length && column % DigitWidth < DigitWidth - 1
            && (Digits[text[column / DigitWidth] - '0'] >> (14 - (row * (DigitWidth - 1)) - (column % DigitWidth)) & 1) == 1;
    }

    private static double Sum(ReadOnlySpan<double> values) => System.Numerics.Tensors.TensorPrimitives.Sum(values);
}
