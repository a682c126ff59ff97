namespace EE569.Experiments.Prediction;

/// <summary>How good predicted classes and their probabilities are. With two classes the second is the positive one; otherwise each is held against all others.</summary>
internal sealed class ClassEvaluation : IEvaluation
{
    private const int MostClassesAcross = 20;

    private readonly IReadOnlyList<ClassFigures> _present;
    private readonly int[] _actual, _predicted;
    private readonly IReadOnlyList<float[]> _probabilities;

    /// <param name="classes">The class names.</param>
    /// <param name="actual">The index of each row's class.</param>
    /// <param name="predicted">The index of the class predicted for each row.</param>
    /// <param name="probabilities">For each row the probability of each class.</param>
    public ClassEvaluation(IReadOnlyList<string> classes, int[] actual, int[] predicted, IReadOnlyList<float[]> probabilities)
    {
        (Classes, _actual, _predicted, _probabilities) = (classes, actual, predicted, probabilities);
        Confusion = [.. classes.Select(_ => new int[classes.Count])];
        for (int row = 0; row < actual.Length; row++)
        {
            Confusion[actual[row]][predicted[row]]++;
        }

        LogLoss = Statistics.LogLoss.Of(actual.Select((index, row) => (double)probabilities[row][index]));
        Brier = actual.Select((index, row) => probabilities[row].Select((probability, i) => Math.Pow(probability - (i == index ? 1 : 0), 2)).Sum()).Average() / (IsBinary ? 2 : 1);
        Calibration = Calibration.Of(IsBinary
            ? actual.Select((index, row) => ((double)probabilities[row][1], index == 1))
            : actual.Select((index, row) => ((double)probabilities[row][predicted[row]], index == predicted[row])));
        PerClass = [.. classes.Select((name, i) => new ClassFigures(name, Confusion[i].Sum(), Confusion.Sum(row => row[i]), Confusion[i][i],
            RankingCurve.Of([.. probabilities.Select(row => row[i])], [.. actual.Select(index => index == i)])))];
        _present = [.. PerClass.Where(one => one.Rows > 0)];
    }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>Counts of actual (rows) against predicted (columns) classes.</summary>
    public int[][] Confusion { get; }

    public bool IsBinary => Classes.Count == 2;

    public int Rows => Confusion.Sum(counts => counts.Sum());

    public int Right => Confusion.Select((counts, i) => counts[i]).Sum();

    public double Accuracy => (double)Right / Rows;

    /// <summary>Mean of -ln p of the actual class, see <see cref="Statistics.LogLoss"/>.</summary>
    public double LogLoss { get; }

    /// <summary>The Brier score: the mean squared distance of the probabilities from 0 and 1, for two classes of the second's, for more summed over the classes.</summary>
    public double Brier { get; }

    /// <summary>Of the probability of the second class of two, and of the predicted class where there are more.</summary>
    public Calibration Calibration { get; }

    /// <summary>Each class against all others.</summary>
    public IReadOnlyList<ClassFigures> PerClass { get; }

    /// <summary>AUC of the second class of two; the mean over the classes (one versus rest) of more. Null where no class has rows beside rows of others.</summary>
    public double? Auc => Mean(one => one.Curve.Auc);

    /// <summary>As <see cref="Auc"/>, of the area under the precision-recall curve (average precision).</summary>
    public double? Auprc => Mean(one => one.Curve.AveragePrecision);

    /// <summary>Means over the classes that the rows have.</summary>
    public (double Precision, double Recall, double F1) Macro =>
        (_present.Average(one => one.Precision!.Value), _present.Average(one => one.Recall!.Value), _present.Average(one => one.F1!.Value));

    public IReadOnlyList<(string Name, double? Value)> Measures
    {
        get
        {
            (double precision, double recall, double f1) = Macro;
            string what = IsBinary ? $" of {Classes[1]}" : " (one versus rest, macro)";
            return
            [
                ("accuracy", Accuracy), ($"AUC{what}", Auc), ($"AUPRC{what}", Auprc), .. IsBinary ? [($"F1{what}", PerClass[1].F1)] : Array.Empty<(string, double?)>(),
                ("macro precision", precision), ("macro recall", recall), ("macro F1", f1), (LossName, LogLoss), ("Brier score", Brier), ("expected calibration error", Calibration.ExpectedError),
            ];
        }
    }

    public IReadOnlyList<double> RowLosses => [.. _actual.Select((index, row) => Statistics.LogLoss.Of([_probabilities[row][index]]))];

    public IEvaluation Resampled(int[] rows) => new ClassEvaluation(Classes, [.. rows.Select(row => _actual[row])], [.. rows.Select(row => _predicted[row])], [.. rows.Select(row => _probabilities[row])]);

    public string LossName => "log-loss (nats)";

    public double Loss => LogLoss;

    public string Summary
    {
        get
        {
            var interval = WilsonInterval.For(Right, Rows);
            return FormattableString.Invariant($"{Rows} rows: accuracy {Accuracy:P2} (95 % interval {interval.Low:P2} to {interval.High:P2}), log-loss {LogLoss:F4} nats");
        }
    }

    public IReadOnlyList<Table> Tables => Classes.Count <= MostClassesAcross ? [MeasureTable(), Each(), Matrix()] : [MeasureTable(), Each()];

    public IReadOnlyList<Figure> Figures => ClassCharts.All(this);

    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string>();
            string[] absent = [.. PerClass.Where(one => one.Rows == 0).Select(one => one.Name)], missed = [.. _present.Where(one => one.Predicted == 0).Select(one => one.Name)];
            if (_present.Count == 1)
            {
                notes.Add($"All rows are of class '{_present[0].Name}': the AUC, which needs rows of two classes, is not defined.");
            }
            else if (absent.Length > 0)
            {
                notes.Add($"No row is of class {Listed(absent)}: macro figures, AUC and AUPRC are means over the {_present.Count} classes that the rows have.");
            }

            if (missed.Length > 0)
            {
                notes.Add($"No row is taken for class {Listed(missed)}, whose precision counts as 0.");
            }

            return notes;
        }
    }

    public object Json
    {
        get
        {
            var interval = WilsonInterval.For(Right, Rows);
            (double precision, double recall, double f1) = Macro;
            return new
            {
                rows = Rows,
                accuracy = Accuracy,
                interval.Low,
                interval.High,
                logLoss = LogLoss,
                brier = Brier,
                expectedCalibrationError = Calibration.ExpectedError,
                auc = Auc,
                auprc = Auprc,
                f1 = IsBinary ? PerClass[1].F1 : f1,
                macro = new { precision, recall, f1 },
                classes = Classes,
                confusion = Confusion,
                perClass = PerClass.Select(one => new { name = one.Name, rows = one.Rows, predicted = one.Predicted, precision = one.Precision, recall = one.Recall, f1 = one.F1, auc = one.Curve.Auc, auprc = one.Curve.AveragePrecision }),
                calibration = Calibration.Bins.Select(bin => new { predicted = bin.Predicted, observed = bin.Observed, bin.Interval.Low, bin.Interval.High, rows = bin.Rows }),
            };
        }
    }

    private double? Mean(Func<ClassFigures, double?> figure) => IsBinary ? figure(PerClass[1]) : _present.Average(figure);

    /// <summary>The figures but the accuracy, which the summary tells with its interval.</summary>
    private Table MeasureTable() => Measures.Skip(1).Aggregate(new Table("figures", "figure", new("value", "F4")) { Title = "Figures" }, (table, measure) => table.Add(measure.Name, measure.Value));

    private Table Each()
    {
        var table = new Table(
            "classes", "class", "rows", new("recall", "P1"), new("low", "P1"), new("high", "P1"), new("precision", "P1"), new("F1", "F4"), new("AUC", "F4"), new("AUPRC", "F4"))
        { Title = "Each class against the others; low and high are the recall's 95 % interval" };
        foreach (ClassFigures one in PerClass)
        {
            WilsonInterval? interval = one.Rows > 0 ? WilsonInterval.For(one.Right, one.Rows) : null;
            table.Add(one.Name, one.Rows, one.Recall, interval?.Low, interval?.High, one.Precision, one.F1, one.Curve.Auc, one.Curve.AveragePrecision);
        }

        return table;
    }

    private Table Matrix()
    {
        var table = new Table("confusion", ["actual", .. Classes.Select(name => new Column(name))]) { Title = "Rows are actual, columns predicted classes" };
        for (int i = 0; i < Classes.Count; i++)
        {
            table.Add([Classes[i], .. Confusion[i].Select(count => (object?)count)]);
        }

        return table;
    }

    private static string Listed(string[] names)
    {
        const int Most = 5;
        return string.Join(", ", names.Take(Most).Select(name => $"'{name}'")) + (names.Length > Most ? $" and {names.Length - Most} more" : "");
    }
}
