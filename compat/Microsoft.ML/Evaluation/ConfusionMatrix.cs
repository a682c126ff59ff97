using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>How often rows of each class (first index of the counts) were predicted as each class (second index).</summary>
public sealed class ConfusionMatrix
{
    private readonly string[] _classNames;
    private readonly bool _isBinary;

    internal ConfusionMatrix(double[][] counts, string[] classNames, bool isBinary)
    {
        (_classNames, _isBinary) = (classNames, isBinary);
        Counts = counts;
        int[] classes = [.. Enumerable.Range(0, counts.Length)];
        PerClassRecall = [.. classes.Select(k => Share(counts[k][k], counts[k].Sum()))];
        PerClassPrecision = [.. classes.Select(k => Share(counts[k][k], counts.Sum(row => row[k])))];

        static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses => Counts.Count;

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex) =>
        Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];

    /// <summary>The counts as a text table; columns are class names if these are short, else class numbers.</summary>
    public string GetFormattedConfusionTable()
    {
        int width = NumberOfClasses == 2 ? 8 : 5;
        bool named = _classNames.All(name => name.Length <= width);
        string[] rows = named ? _classNames : NumberedNames();
        string[] columns = named ? _classNames : [.. Enumerable.Range(0, NumberOfClasses).Select(k => $"{k}")];
        int labelWidth = Math.Max("PREDICTED".Length, rows.Max(name => name.Length));
        string rule = new('=', NumberOfClasses * (width + 3));

        StringBuilder text = new();
        text.Append(_isBinary ? PositiveRatio() : "").Append('\n').Append("Confusion table\n");
        text.Append(new string(' ', labelWidth)).Append(" ||").Append(rule).Append('\n');
        text.Append("PREDICTED".PadRight(labelWidth)).Append(" ||").AppendJoin("", columns.Select(name => $" {name.PadLeft(width)} |")).Append(" Recall\n");
        text.Append("TRUTH".PadRight(labelWidth)).Append(" ||").Append(rule).Append('\n');
        for (int k = 0; k < NumberOfClasses; k++)
        {
            text.Append(rows[k].PadLeft(labelWidth)).Append(" ||");
            text.AppendJoin("", Counts[k].Select(count => $" {Format(count, "N0").PadLeft(width)} |"));
            text.Append(' ').Append(Format(PerClassRecall[k], "F4")).Append('\n');
        }
        text.Append(new string(' ', labelWidth)).Append(" ||").Append(rule).Append('\n');
        text.Append("Precision".PadRight(labelWidth)).Append(" ||");
        text.AppendJoin("", PerClassPrecision.Select(precision => $"{Format(precision, "F4").PadLeft(width + 1)} |")).Append('\n');
        return text.ToString();
    }

    private string[] NumberedNames()
    {
        int numberWidth = $"{NumberOfClasses - 1}".Length, nameWidth = _classNames.Max(name => name.Length);
        return [.. _classNames.Select((name, k) => $"{$"{k}".PadLeft(numberWidth)}. {name.PadLeft(nameWidth)}")];
    }

    private string PositiveRatio()
    {
        double positive = Counts[0].Sum(), negative = Counts[1].Sum();
        return string.Create(CultureInfo.InvariantCulture, $"TEST POSITIVE RATIO:\t{positive / (positive + negative):F4} ({positive:F1}/({positive:F1}+{negative:F1}))");
    }

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
