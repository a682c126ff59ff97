using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Pipelines;

/// <summary>A cursor on scores alone reads blocks ahead; one that also reads a column of the input goes row by row.</summary>
[TestClass]
public class ReadAheadTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, false)]
    [DataRow(127, false)]
    [DataRow(128, true)]
    [DataRow(129, false)]
    [DataRow(129, true)]
    [DataRow(300, true)]
    public void Blocks_give_the_scores_positions_and_ids_of_single_rows(int rows, bool prepares)
    {
        Row[] examples = [.. Enumerable.Range(0, rows).Select(Example)];
        var model = _ml.BinaryClassification.Trainers.LogisticMlp(new LogisticMlpTrainer.Options { HiddenLayers = [8], NumberOfEpochs = 2, PrepareData = prepares })
            .Fit(_ml.Data.LoadFromEnumerable(Enumerable.Range(1, 50).Select(Example)));
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(examples));
        var ahead = Read(scored, scored.Schema["Score"]);
        var single = Read(scored, scored.Schema["Score"], scored.Schema["Label"]);
        Assert.HasCount(rows, ahead);
        Assert.HasCount(rows, single);
        for (int row = 0; row < rows; row++)
        {
            Assert.AreEqual(row, ahead[row].Position);
            Assert.AreEqual(single[row].Id, ahead[row].Id);
            Assert.AreEqual(row == 7 && !prepares, float.IsNaN(single[row].Score));
            Assert.AreEqual(row == 7 && !prepares, float.IsNaN(ahead[row].Score));
            if (row != 7 || prepares)
            {
                Assert.AreEqual(single[row].Score, ahead[row].Score, 1e-5f * (1 + Math.Abs(single[row].Score)));
            }
        }
    }

    /// <summary>Row 7 lacks a feature.</summary>
    private static Row Example(int row) => new()
    {
        Label = row % 3 == 0,
        Features = [row == 7 ? float.NaN : MathF.Sin(row), row % 3, MathF.Cos(row)],
    };

    private static List<(long Position, string Id, float Score)> Read(IDataView view, params DataViewSchema.Column[] columns)
    {
        var rows = new List<(long, string, float)>();
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        var getScore = cursor.GetGetter<float>(view.Schema["Score"]);
        var getId = cursor.GetIdGetter();
        while (cursor.MoveNext())
        {
            float score = 0;
            DataViewRowId id = default;
            getScore(ref score);
            getId(ref id);
            rows.Add((cursor.Position, id.ToString(), score));
        }

        return rows;
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
