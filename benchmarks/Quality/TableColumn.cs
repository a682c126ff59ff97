using System.Globalization;

namespace EE569.Benchmarks.Quality;

/// <summary>A column of features.</summary>
/// <param name="Numbers">NaN where missing; null for a column of categories.</param>
/// <param name="Texts">Categories, of which "missing" is one (empty); null for a column of numbers.</param>
internal sealed record TableColumn(float[]? Numbers, string[]? Texts)
{
    /// <summary>A column is one of numbers if each cell is empty or a number.</summary>
    public static TableColumn Of(string[] cells)
    {
        float[] numbers = new float[cells.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            numbers[row] = float.NaN;
            if (cells[row].Length > 0 && !float.TryParse(cells[row], CultureInfo.InvariantCulture, out numbers[row]))
            {
                return new TableColumn(null, cells);
            }
        }

        return new TableColumn(numbers, null);
    }
}
