using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Data;

/// <summary>Class weights multiply example weights.</summary>
[TestClass]
public class ClassWeightTests
{
    private readonly MLContext _ml = new(seed: 1);

    private readonly List<BinaryRow> _rows =
        [.. TestData.Gaussians().Where((row, i) => !row.Label || i % 5 == 0).Select((row, i) => new BinaryRow { Features = row.Features, Label = row.Label, Weight = 1 + (i % 3) })];

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void An_explicit_weight_is_as_good_as_a_weight_column(string trainer)
    {
        var weighted = _rows.Select(row => new BinaryRow { Features = row.Features, Label = row.Label, Weight = row.Weight * (row.Label ? 4 : 0.5f) });
        CollectionAssert.AreEqual(Scores(trainer, weighted, ClassWeighting.None, "Weight"), Scores(trainer, _rows, ClassWeighting.Explicit(0.5, 4), "Weight"));
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void Balanced_is_n_over_k_times_the_rows_of_the_class(string trainer)
    {
        double n = _rows.Count;
        double positive = _rows.Count(row => row.Label);
        float[] expected = Scores(trainer, _rows, ClassWeighting.Explicit(n / (2 * (n - positive)), n / (2 * positive)));
        CollectionAssert.AreEqual(expected, Scores(trainer, _rows, ClassWeighting.Balanced));
        CollectionAssert.AreNotEqual(expected, Scores(trainer, _rows, ClassWeighting.None));
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic, 1_000_000)]
    [DataRow(TrainerCase.LogisticMlp, 1_000_000)]
    [DataRow(TrainerCase.Logistic, 16)]
    [DataRow(TrainerCase.LogisticMlp, 16)]
    public void A_row_of_weight_two_is_the_row_twice_in_balanced_classes(string trainer, int rowsInMemory)
    {
        BinaryRow[] weighted = [.. TestData.Gaussians().Select((row, i) => new BinaryRow { Features = row.Features, Label = row.Label, Weight = row.Label && i % 3 == 0 ? 2 : 1 })];
        var repeated = weighted.SelectMany(row => Enumerable.Repeat(new BinaryRow { Features = row.Features, Label = row.Label }, (int)row.Weight));
        float[] Balanced(IEnumerable<BinaryRow> rows) => Scores(trainer, rows, ClassWeighting.Balanced, "Weight", options =>
        {
            (options.BatchSize, options.Shuffle, options.MaximumRowsInMemory, options.ValidationFraction) = (int.MaxValue, false, rowsInMemory, 0);
            (options.Optimizer, options.LearningRate) = (new Engine.Optimizers.SGD<float>(), 0.5); // the bias has no gradient but rounding, which Adam would make a step
            if (options is NetworkTrainerOptions network)
            {
                network.PrepareData = false; // medians do not know weights
            }
        });
        foreach (var (one, twice) in Balanced(weighted).Zip(Balanced(repeated)))
        {
            Assert.AreEqual(twice, one, 1e-4);
        }
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void None_is_one_for_every_class(string trainer) =>
        CollectionAssert.AreEqual(Scores(trainer, _rows, ClassWeighting.None), Scores(trainer, _rows, ClassWeighting.Explicit(1, 1)));

    [TestMethod]
    public void Balanced_class_weights_find_the_rare_class()
    {
        var rows = TestData.Gaussians();
        var rare = rows.Where(row => row.Label).Take(8);
        var data = _ml.Data.LoadFromEnumerable(rows.Where(row => !row.Label).Concat(rare));
        int Positives(ClassWeighting weights) => TrainerCase.Create(_ml, TrainerCase.LogisticMlp, options =>
        {
            options.NumberOfEpochs = 50;
            Set(options, weights);
        }).Fit(data).Transform(data).GetColumn<bool>("PredictedLabel").Count(positive => positive);

        int plain = Positives(ClassWeighting.None);
        Assert.IsGreaterThan(plain, Positives(ClassWeighting.Balanced));
        Assert.IsGreaterThan(plain, Positives(ClassWeighting.Explicit(1, 50)));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void Explicit_weights_are_in_the_order_of_the_keys(string trainer)
    {
        var data = TestData.IrisView(_ml);
        var model = TrainerCase.Create(_ml, trainer, options => Set(options, ClassWeighting.Explicit(1, 1000, 1))).Fit(data);
        var scored = model.Transform(data);
        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        Assert.IsGreaterThan(75, predicted.Count(key => key == 2));
    }

    private float[] Scores(string trainer, IEnumerable<BinaryRow> rows, ClassWeighting weights, string? weightColumn = null, Action<TrainerOptions>? change = null)
    {
        var model = TrainerCase.Create(_ml, trainer, options =>
        {
            options.ExampleWeightColumnName = weightColumn;
            change?.Invoke(options);
            Set(options, weights);
        }).Fit(_ml.Data.LoadFromEnumerable(rows));
        return TrainerCase.Scores(model.Transform(_ml.Data.LoadFromEnumerable(_rows)));
    }

    private static void Set(TrainerOptions options, ClassWeighting weights)
    {
        switch (options)
        {
            case LinearTrainerOptions linear:
                linear.ClassWeights = weights;
                break;
            case ClassifierNetworkOptions network:
                network.ClassWeights = weights;
                break;
        }
    }
}
