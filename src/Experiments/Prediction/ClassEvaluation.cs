namespace EE569.Experiments.Prediction;

/// <summary>Accuracy, log-loss and confusion of predicted classes.</summary>
/// <param name="Classes">The class names.</param>
/// <param name="Confusion">Counts of actual (rows) against predicted (columns) classes.</param>
/// <param name="LogLoss">Mean of -ln p of the actual class, see <see cref="Statistics.LogLoss"/>.</param>
internal sealed record ClassEvaluation(IReadOnlyList<string> Classes, int[][] Confusion, double LogLoss) : IEvaluation
{
    public int Rows => Confusion.Sum(counts => counts.Sum());

    public int Right => Confusion.Select((counts, i) => counts[i]).Sum();

    public double Accuracy => (double)Right / Rows;

    private const int MostClassesAcross = 20;

    public string Summary
    {
        get
        {
            var interval = WilsonInterval.For(Right, Rows);
            return FormattableString.Invariant($"{Rows} rows: accuracy {Accuracy:P2} (95 % interval {interval.Low:P2} to {interval.High:P2}), log-loss {LogLoss:F4} nats");
        }
    }

    public Table Details
    {
        get
        {
            bool matrix = Classes.Count <= MostClassesAcross;
            Column[] counts = matrix ? [.. Classes.Select(name => new Column(name))] : ["rows"];
            var table = new Table("confusion", ["actual", .. counts, new("recall", "P1"), new("precision", "P1")])
            {
                Title = matrix ? "Rows are actual, columns predicted classes" : "Recall and precision of each class",
            };
            for (int i = 0; i < Classes.Count; i++)
            {
                int rows = Confusion[i].Sum(), predicted = Confusion.Sum(row => row[i]), right = Confusion[i][i];
                object?[] cells = matrix ? [.. Confusion[i].Select(count => (object?)count)] : [rows];
                table.Add([Classes[i], .. cells, (double)right / Math.Max(1, rows), (double)right / Math.Max(1, predicted)]);
            }

            return table;
        }
    }

    public object Json
    {
        get
        {
            var interval = WilsonInterval.For(Right, Rows);
            return new { rows = Rows, accuracy = Accuracy, interval.Low, interval.High, logLoss = LogLoss, classes = Classes, confusion = Confusion };
        }
    }
}
