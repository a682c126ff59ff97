using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Architectures;

/// <summary>The trainers for raw tables, small and on three tasks, and a table for them: features far from unit scale, a constant, flags, and values that are missing.</summary>
public abstract class TabularCase
{
    private protected MLContext Context { get; } = new(seed: 1);

    public static IEnumerable<object[]> Cases => from trainer in new[] { "TabM", "RealMlp" } from task in new[] { "Binary", "Multiclass", "Regression" } select new object[] { trainer, task };

    private protected ITrainer Create(string trainer, string task, Action<TrainerOptions>? change = null, int epochs = 40) => (trainer, task) switch
    {
        ("TabM", "Binary") => TrainerCase.Wrap(Context.BinaryClassification.Trainers.TabM(Options(new TabMBinaryTrainer.Options(), nameof(Row.Truth), change, epochs))),
        ("TabM", "Multiclass") => TrainerCase.Wrap(Context.MulticlassClassification.Trainers.TabM(Options(new TabMMulticlassTrainer.Options(), nameof(Row.Class), change, epochs))),
        ("TabM", _) => TrainerCase.Wrap(Context.Regression.Trainers.TabM(Options(new TabMRegressionTrainer.Options(), nameof(Row.Number), change, epochs))),
        (_, "Binary") => TrainerCase.Wrap(Context.BinaryClassification.Trainers.RealMlp(Options(new RealMlpBinaryTrainer.Options(), nameof(Row.Truth), change, epochs))),
        (_, "Multiclass") => TrainerCase.Wrap(Context.MulticlassClassification.Trainers.RealMlp(Options(new RealMlpMulticlassTrainer.Options(), nameof(Row.Class), change, epochs))),
        _ => TrainerCase.Wrap(Context.Regression.Trainers.RealMlp(Options(new RealMlpRegressionTrainer.Options(), nameof(Row.Number), change, epochs))),
    };

    private static TOptions Options<TOptions>(TOptions options, string label, Action<TrainerOptions>? change, int epochs)
        where TOptions : TabularTrainerOptions
    {
        (options.LabelColumnName, options.NumberOfEpochs, options.NumberOfThreads, options.HiddenLayers, options.BatchSize) = (label, epochs, 1, [24, 16], 16);
        if (options is TabMOptions tabM)
        {
            (tabM.NumberOfMembers, tabM.EmbeddingSize, tabM.MaximumBinCountPerFeature, tabM.LearningRate) = (3, 4, 8, 5e-3);
        }

        change?.Invoke(options);
        return options;
    }

    private protected double Quality(ITransformer model, string task) => task switch
    {
        "Binary" => Context.BinaryClassification.Evaluate(model.Transform(Data()), nameof(Row.Truth)).Accuracy,
        "Multiclass" => Context.MulticlassClassification.Evaluate(model.Transform(Data()), nameof(Row.Class)).MicroAccuracy,
        _ => Context.Regression.Evaluate(model.Transform(Data()), nameof(Row.Number)).RSquared,
    };

    private protected float[] Scores(ITransformer model) => TrainerCase.Scores(model.Transform(Data()));

    private protected static void AreClose(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"{i}");
        }
    }

    private protected IDataView Data() => Data(Rows());

    private protected IDataView Data(List<Row> rows)
    {
        var data = Context.Data.LoadFromEnumerable(rows);
        return Context.Transforms.Conversion.MapValueToKey("Class").Fit(data).Transform(data);
    }

    /// <summary>A year, an amount that is often missing, a flag and a constant; the year and the flag tell most, that the amount is missing the rest.</summary>
    private protected static List<Row> Rows() => [.. Enumerable.Range(0, 240).Select(i => (Year: 2000 + (i * 37 % 25), Amount: i % 7 == 0 ? float.NaN : 1e5f * MathF.Exp(MathF.Sin(i)), Flag: i % 2))
        .Select(x => (x, Level: ((x.Year - 2012) / 6f) + x.Flag + (float.IsNaN(x.Amount) ? 3 : 0)))
        .Select(row => new Row
        {
            Features = [row.x.Year, row.x.Amount, row.x.Flag, 7],
            Truth = row.Level > 0.5f,
            Class = row.Level < 0 ? 0 : row.Level < 1.5f ? 1 : 2,
            Number = 1000 + (50 * row.Level),
        })];

    private protected sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Truth { get; set; }

        public int Class { get; set; }

        public float Number { get; set; }

        public float Weight { get; set; } = 1;
    }
}
