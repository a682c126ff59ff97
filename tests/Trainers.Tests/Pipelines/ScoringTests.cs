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
    public void Engines_in_parallel_over_one_model_give_the_scores_of_one_engine()
    {
        var flowers = TestData.Iris();
        foreach (string trainer in new[] { TrainerCase.Softmax, TrainerCase.SoftmaxMlp })
        {
            AreTheSame(flowers, TrainerCase.Create(_ml, trainer).Fit(TestData.IrisView(_ml)), (ClassScores result) => result.Score);
        }

        var points = TestData.Gaussians();
        foreach (string trainer in new[] { TrainerCase.Logistic, TrainerCase.LogisticMlp })
        {
            AreTheSame(points, TrainerCase.Create(_ml, trainer).Fit(TrainerCase.Data(_ml, trainer)), (BinaryResult result) => [result.Score, result.Probability]);
        }

        var numbers = TestData.Waves();
        AreTheSame(numbers, TrainerCase.Create(_ml, TrainerCase.Regression).Fit(_ml.Data.LoadFromEnumerable(numbers)), (NumberResult result) => [result.Score]);
    }

    private void AreTheSame<TRow, TResult>(List<TRow> rows, ITransformer model, Func<TResult, float[]> scores)
        where TRow : class
        where TResult : class, new()
    {
        float[] expected = Predict();
        var all = new float[8][];
        Parallel.For(0, all.Length, i => all[i] = Predict());
        Array.ForEach(all, actual => CollectionAssert.AreEqual(expected, actual));

        float[] Predict()
        {
            using var engine = _ml.Model.CreatePredictionEngine<TRow, TResult>(model);
            return [.. rows.SelectMany(row => (float[])scores(engine.Predict(row)).Clone())];
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Odd_features_score_as_they_do_in_the_saved_model(string trainer)
    {
        int width = trainer is TrainerCase.Softmax or TrainerCase.SoftmaxMlp ? 4 : 2;
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, float.Epsilon, 0];
        var definition = SchemaDefinition.Create(typeof(AnyRow));
        definition[nameof(AnyRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var rows = odd.Select(value => new AnyRow { Features = new VBuffer<float>(width, [value, .. Enumerable.Repeat(0.5f, width - 1)]) });
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        float[] expected = TrainerCase.Scores(_ml.Model.Load(stream, out _).Transform(_ml.Data.LoadFromEnumerable(rows, definition)));
        float[] actual = TrainerCase.Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows, definition)));
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            if (float.IsFinite(expected[i]))
            {
                Assert.AreEqual(expected[i], actual[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])), $"feature {odd[i * odd.Length / expected.Length]}");
            }
            else
            {
                Assert.IsFalse(float.IsFinite(actual[i]), $"feature {odd[i * odd.Length / expected.Length]}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Sparse_rows_score_as_dense_ones(string trainer)
    {
        int width = trainer is TrainerCase.Softmax or TrainerCase.SoftmaxMlp ? 4 : 2;
        var definition = SchemaDefinition.Create(typeof(AnyRow));
        definition[nameof(AnyRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var model = TrainerCase.Create(_ml, trainer).Fit(TrainerCase.Data(_ml, trainer));
        float[] Scores(VBuffer<float> features) => TrainerCase.Scores(model.Transform(_ml.Data.LoadFromEnumerable([new AnyRow { Features = features }], definition)));
        var dense = Scores(new VBuffer<float>(width, [0, 1.5f, .. new float[width - 2]]));
        var sparse = Scores(new VBuffer<float>(width, 1, [1.5f], [1]));
        for (int i = 0; i < dense.Length; i++)
        {
            Assert.AreEqual(dense[i], sparse[i], 1e-6f);
        }
    }

    [TestMethod]
    public void A_row_with_a_missing_feature_is_scored_as_that_of_the_median_or_without_the_preparation_NaN_as_by_built_in_models()
    {
        var prepared = _ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [8]).Fit(_ml.Data.LoadFromEnumerable(TestData.Gaussians()));
        using var preparing = _ml.Model.CreatePredictionEngine<BinaryRow, BinaryResult>(prepared);
        float median = prepared.Model.Form.Stages.OfType<Stage.Scale>().Single().Offsets[0];
        Assert.AreEqual(preparing.Predict(new BinaryRow { Features = [median, 1] }).Score, preparing.Predict(new BinaryRow { Features = [float.NaN, 1] }).Score);

        var model = _ml.BinaryClassification.Trainers.LogisticMlp(new LogisticMlpTrainer.Options { HiddenLayers = [8], PrepareData = false }).Fit(_ml.Data.LoadFromEnumerable(TestData.Gaussians()));
        using var engine = _ml.Model.CreatePredictionEngine<BinaryRow, BinaryResult>(model);
        var result = engine.Predict(new BinaryRow { Features = [float.NaN, 1] });
        Assert.IsTrue(float.IsNaN(result.Score) && float.IsNaN(result.Probability));
        Assert.IsFalse(result.PredictedLabel);
        Assert.IsFalse(float.IsNaN(engine.Predict(new BinaryRow { Features = [0, 1] }).Score));
    }

    private sealed class AnyRow
    {
        public VBuffer<float> Features { get; set; }
    }

    private sealed class ClassScores
    {
        public float[] Score { get; set; } = [];
    }
}
