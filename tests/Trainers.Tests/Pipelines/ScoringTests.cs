using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Pipelines;

/// <summary>The network transformer: lazy, row by row, in parallel.</summary>
[TestClass]
public class ScoringTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_PredictionEngine_gives_the_scores_of_the_batch()
    {
        var rows = TestData.Gaussians();
        var data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [8]).Fit(data);
        var batch = _ml.Data.CreateEnumerable<BinaryResult>(model.Transform(data), reuseRowObject: false).ToArray();
        using var engine = _ml.Model.CreatePredictionEngine<BinaryRow, BinaryResult>(model);
        for (int i = 0; i < rows.Count; i++)
        {
            var single = engine.Predict(rows[i]);
            // A batch is scored in blocks, whose sums are in another order.
            Assert.AreEqual(batch[i].Score, single.Score, 1e-5f * (1 + Math.Abs(single.Score)));
            Assert.AreEqual(batch[i].Probability, single.Probability, 1e-6f);
            Assert.AreEqual(batch[i].PredictedLabel, single.PredictedLabel);
        }
    }

    [TestMethod]
    public void Score_probability_and_label_of_a_logistic_network_agree()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Gaussians());
        var model = _ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [8]).Fit(data);
        foreach (var row in _ml.Data.CreateEnumerable<BinaryResult>(model.Transform(data), reuseRowObject: false))
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
            Assert.AreEqual(row.Score > 0, row.PredictedLabel);
        }
    }

    [TestMethod]
    public void The_predicted_key_of_a_softmax_network_is_its_highest_probability_and_they_sum_to_one()
    {
        var data = TestData.IrisView(_ml);
        var model = _ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [8]).Fit(data);
        var keys = model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray();
        var scores = model.Transform(data).GetColumn<float[]>("Score").ToArray();
        for (int i = 0; i < keys.Length; i++)
        {
            Assert.AreEqual(1, scores[i].Sum(), 1e-5);
            Assert.AreEqual(scores[i].Max(), scores[i][keys[i] - 1]);
        }
    }

    [TestMethod]
    public void Transform_reads_nothing_before_a_cursor_asks_and_no_column_that_is_not_needed()
    {
        var model = _ml.Regression.Trainers.MlpRegression(hiddenLayers: [4], numberOfEpochs: 1).Fit(_ml.Data.LoadFromEnumerable(TestData.Waves()));
        int read = 0;
        var view = _ml.Data.LoadFromEnumerable(Counted());
        var scored = model.Transform(view);
        Assert.AreEqual(0, read);
        using (var cursor = scored.GetRowCursor([scored.Schema["Score"]]))
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.IsFalse(cursor.IsColumnActive(scored.Schema["Label"]));
            Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Label"]));
        }

        Assert.IsLessThan(TestData.Waves().Count, read);
        var needed = model.GetRowToRowMapper(view.Schema).GetDependencies([scored.Schema["Score"]]).Select(column => column.Name);
        CollectionAssert.AreEqual(new[] { "Features" }, needed.ToArray());

        IEnumerable<NumberRow> Counted()
        {
            foreach (var row in TestData.Waves())
            {
                read++;
                yield return row;
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void Parallel_cursors_and_parallel_engines_give_the_scores_of_one(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        var expected = TrainerCase.Scores(model.Transform(data));
        var all = new float[8][];
        Parallel.For(0, all.Length, i => all[i] = TrainerCase.Scores(model.Transform(data)));
        foreach (var scores in all)
        {
            CollectionAssert.AreEqual(expected, scores);
        }

        var scored = model.Transform(_ml.Data.Cache(data));
        long rows = 0;
        Parallel.ForEach(scored.GetRowCursorSet(scored.Schema, 4), cursor =>
        {
            using (cursor)
            {
                while (cursor.MoveNext())
                {
                    Interlocked.Increment(ref rows);
                }
            }
        });
        Assert.AreEqual(expected.Length / (trainer == TrainerCase.SoftmaxMlp ? 3 : 1), (int)rows);
    }

    [TestMethod]
    public void A_row_with_a_missing_feature_scores_NaN_as_built_in_models_do()
    {
        var model = _ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [8]).Fit(_ml.Data.LoadFromEnumerable(TestData.Gaussians()));
        using var engine = _ml.Model.CreatePredictionEngine<BinaryRow, BinaryResult>(model);
        var result = engine.Predict(new BinaryRow { Features = [float.NaN, 1] });
        Assert.IsTrue(float.IsNaN(result.Score) && float.IsNaN(result.Probability));
        Assert.IsFalse(result.PredictedLabel);
        Assert.IsFalse(float.IsNaN(engine.Predict(new BinaryRow { Features = [0, 1] }).Score));
    }
}
