using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Data;

/// <summary>What is learned from which rows: weights, missing values, sparse and streamed data.</summary>
[TestClass]
public class TrainingDataTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void An_example_of_weight_zero_counts_as_if_it_were_absent_in_a_full_batch()
    {
        var rows = TestData.Gaussians();
        rows.ForEach(row => row.Weight = row.Features[0] > 0 ? 1 : 0);
        float[] Scores(IEnumerable<BinaryRow> train) => TrainerCase.Scores(TrainerCase.Create(_ml, TrainerCase.Logistic, options =>
        {
            options.ExampleWeightColumnName = "Weight";
            options.BatchSize = rows.Count;
            options.Shuffle = false;
        }).Fit(_ml.Data.LoadFromEnumerable(train)).Transform(_ml.Data.LoadFromEnumerable(rows)));

        foreach (var (weighted, without) in Scores(rows).Zip(Scores(rows.Where(row => row.Weight > 0))))
        {
            Assert.AreEqual(without, weighted, 1e-5);
        }
    }

    [TestMethod]
    public void Rows_with_missing_values_are_skipped_with_one_warning_and_change_nothing()
    {
        var rows = TestData.Gaussians();
        List<BinaryRow> broken = [.. rows, new() { Features = [float.NaN, 1] }, new() { Features = [1, float.PositiveInfinity] }, new() { Features = [1, 1], Weight = float.NaN }];
        float[] Scores(List<BinaryRow> train) => TrainerCase.Scores(
            TrainerCase.Create(_ml, TrainerCase.Logistic, options => options.ExampleWeightColumnName = "Weight")
                .Fit(_ml.Data.LoadFromEnumerable(train)).Transform(_ml.Data.LoadFromEnumerable(rows)));

        var expected = Scores(rows);
        var log = new Log(_ml);
        CollectionAssert.AreEqual(expected, Scores(broken));
        var warning = log.Warnings.Single(text => text.Contains("Skipped", StringComparison.Ordinal));
        StringAssert.Contains(warning, "Skipped 3 instances");
        StringAssert.Contains(warning, "features: 2");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_row_longer_or_shorter_than_its_column_is_named_in_training_and_in_scoring(string trainer)
    {
        foreach (float[] odd in new float[][] { [1, 2, 3], [1] })
        {
            foreach (int at in new[] { 60, 1500 }) // before and after dense rows are told from sparse ones
            {
                var rows = Enumerable.Range(0, 2000).Select(i => new BothRow { Features = i == at ? odd : [MathF.Sin(i), MathF.Cos(i)], Key = (uint)(i % 3), Truth = i % 2 == 0, Number = i % 5 });
                var data = Labelled(_ml.Data.LoadFromEnumerable(rows));
                string expected = $"Row {at} has {odd.Length} features, column 'Features' has 2.";
                Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidOperationException>(() => TrainerCase.Create(_ml, trainer).Fit(data)).Message);

                if (trainer is not (TrainerCase.Logistic or TrainerCase.Softmax)) // those score with ML.NET's own models
                {
                    var scored = TrainerCase.Create(_ml, trainer).Fit(Labelled(_ml.Data.LoadFromEnumerable(rows.Where(row => row.Features.Length == 2)))).Transform(data);
                    Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidOperationException>(() => TrainerCase.Scores(scored)).Message);
                    var cursor = scored.GetRowCursor(scored.Schema); // with other columns: row by row
                    while (at > cursor.Position + 1 && cursor.MoveNext())
                    {
                    }

                    Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidOperationException>(() => ReadScore(cursor)).Message);
                }
            }
        }

        static void ReadScore(DataViewRowCursor cursor)
        {
            cursor.MoveNext();
            var column = cursor.Schema["Score"];
            if (column.Type is VectorDataViewType)
            {
                VBuffer<float> scores = default;
                cursor.GetGetter<VBuffer<float>>(column)(ref scores);
            }
            else
            {
                float score = 0;
                cursor.GetGetter<float>(column)(ref score);
            }
        }

        IDataView Labelled(IDataView view) => _ml.Transforms.CopyColumns("Label", trainer switch
        {
            TrainerCase.Logistic or TrainerCase.LogisticMlp => nameof(BothRow.Truth),
            TrainerCase.Softmax or TrainerCase.SoftmaxMlp => nameof(BothRow.Key),
            _ => nameof(BothRow.Number),
        }).Fit(view).Transform(view);
    }

    [TestMethod]
    public void Rows_skipped_in_validation_data_are_reported_as_such()
    {
        var rows = TestData.Waves();
        var log = new Log(_ml);
        TrainerCase.Create(_ml, TrainerCase.Regression).Fit(
            _ml.Data.LoadFromEnumerable(rows), validation: _ml.Data.LoadFromEnumerable(rows.Append(new NumberRow { Features = [0, 0], Label = float.NaN })));
        StringAssert.Contains(log.Warnings.Single(text => text.Contains("Skipped", StringComparison.Ordinal)), "Skipped 1 instances with missing features/label/weight during validation");
    }

    [TestMethod]
    public void Missing_labels_are_skipped_and_no_usable_row_is_an_error()
    {
        var keys = Enumerable.Range(0, 40).Select(i => new KeyRow { Features = [i % 5, i % 7], Label = (uint)(i % 4) }); // 0, 1, 2 are the keys; 3 is out of range and so missing
        var log = new Log(_ml);
        TrainerCase.Create(_ml, TrainerCase.Softmax).Fit(_ml.Data.LoadFromEnumerable(keys));
        StringAssert.Contains(log.Warnings.Single(text => text.Contains("Skipped", StringComparison.Ordinal)), "missing label: 10");

        foreach (var view in new[]
        {
            _ml.Data.LoadFromEnumerable(new List<KeyRow>()),
            _ml.Data.LoadFromEnumerable(keys.Select(row => new KeyRow { Features = row.Features, Label = 3 })),
            _ml.Data.LoadFromEnumerable(keys.Select(row => new KeyRow { Features = [float.NaN, 0], Label = 1 })),
        })
        {
            var error = Assert.ThrowsExactly<InvalidOperationException>(() => TrainerCase.Create(_ml, TrainerCase.Softmax).Fit(view));
            StringAssert.StartsWith(error.Message, "No valid training instances found");
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Streamed_rows_in_their_order_give_the_bits_of_rows_in_memory(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        float[] Scores(int rowsInMemory) => TrainerCase.Scores(TrainerCase.Create(_ml, trainer, options =>
        {
            options.Shuffle = false;
            options.ValidationFraction = 0.2;
            options.MaximumRowsInMemory = rowsInMemory;
        }).Fit(data).Transform(data));
        CollectionAssert.AreEqual(Scores(1_000_000), Scores(16));
    }

    [TestMethod]
    public void Streamed_data_is_shuffled_validated_and_stopped_early()
    {
        var trainer = TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, options =>
        {
            options.MaximumRowsInMemory = 16;
            options.ValidationFraction = 0.2;
            options.EarlyStopping = new Engine.Training.EarlyStopping { Patience = 3 };
            options.NumberOfEpochs = 50;
        });
        var rows = TestData.Iris();
        var mixed = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows.Count).Select(i => rows[i * 37 % rows.Count])); // a pool of 16 cannot mix sorted classes
        var data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(mixed).Transform(mixed);
        var model = trainer.Fit(data);
        Assert.IsTrue(trainer.LastHistory!.All(epoch => epoch.ValidationLoss > 0));
        Assert.IsGreaterThan(0.9, _ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
    }

    [TestMethod]
    public void A_hundred_thousand_sparse_columns_train_in_memory_proportional_to_what_is_there()
    {
        const int Columns = 100_000;
        const int Rows = 2_000; // made dense: 800 MB
        var schema = SchemaDefinition.Create(typeof(SparseRow));
        schema[nameof(SparseRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(SparseRow.Create), schema);
        var trainer = TrainerCase.Create(_ml, TrainerCase.Logistic, options => options.NumberOfEpochs = 5);
        trainer.Fit(TrainerCase.Data(_ml, TrainerCase.Logistic));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var model = trainer.Fit(data);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsLessThan(100_000_000, allocated);
        Assert.IsGreaterThan(0.95, _ml.BinaryClassification.Evaluate(model.Transform(data)).Accuracy);
    }

    private sealed class BothRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }

        public bool Truth { get; set; }

        public float Number { get; set; }
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        /// <summary>100 of 100,000 features; the first tells the label.</summary>
        public static SparseRow Create(int i)
        {
            var indices = Enumerable.Range(0, 100).Select(k => k == 0 ? i % 2 : 2 + (k * 999) + (((i * 7) + k) % 900)).ToArray();
            return new SparseRow { Label = i % 2 == 1, Features = new VBuffer<float>(100_000, 100, [.. Enumerable.Repeat(1f, 100)], indices) };
        }
    }
}
