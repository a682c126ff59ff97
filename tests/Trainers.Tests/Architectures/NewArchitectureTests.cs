using System.Globalization;
using EE569.Engine.Matrices;
using EE569.Trainers.Tests.Onnx;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Architectures;

/// <summary>An architecture that src does not know is trained, scored, saved, read by ML.NET alone, read back and exported on three tasks.</summary>
[TestClass]
public class NewArchitectureTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void The_saved_form_predicts_the_mean_of_the_members(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        var form = new ScaledEnsembleForm();
        var scored = Fit(trainer, data, form).Transform(data);
        float[] expected = [.. form.Trained!.Predict(Matrix<float>.FromRows(rows)).Values];
        float[] actual = trainer == TrainerCase.LogisticMlp ? [.. scored.GetColumn<float>("Probability")] : TrainerCase.Scores(scored);
        AreClose(expected, actual);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void A_program_with_ML_NET_alone_gives_its_scores_and_it_is_read_back(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var model = Fit(trainer, data);
        float[] expected = TrainerCase.Scores(model.Transform(data));
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        File.WriteAllLines(folder.File("rows.csv"), data.GetColumn<float[]>("Features").Select(row => string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
        string[] lines = ChildProcess.Succeed(folder.Path, "dotnet", ChildProcess.Built("LoadAndScore"), folder.File("model.zip"), folder.File("rows.csv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        AreClose(expected, [.. lines.Select(line => float.Parse(line, CultureInfo.InvariantCulture))]);

        var loaded = _ml.Model.Load(folder.File("model.zip"), out _);
        ITransformer own = trainer switch
        {
            TrainerCase.LogisticMlp => LogisticMlpTransformer.FromLoaded(loaded),
            TrainerCase.SoftmaxMlp => SoftmaxMlpTransformer.FromLoaded(loaded),
            _ => MlpRegressionTransformer.FromLoaded(loaded),
        };
        CollectionAssert.AreEqual(expected, TrainerCase.Scores(own.Transform(data)));
        CollectionAssert.AreEqual(SchemaText.Of(model.GetOutputSchema(data.Schema)), SchemaText.Of(own.GetOutputSchema(data.Schema)));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void It_is_exported_just_fitted_and_loaded(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var model = Fit(trainer, data);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        foreach (var exported in new[] { model, _ml.Model.Load(folder.File("model.zip"), out _) })
        {
            using var file = OnnxFile.Of(exported);
            OnnxCompare.AreEqual(file, rows, model.Transform(data));
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void A_feed_forward_trainer_does_not_continue_it(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainerCase.Create(_ml, trainer).Fit(data, previous: Fit(trainer, data)));
        StringAssert.Contains(error.Message, "of another architecture");
    }

    private ITransformer Fit(string trainer, IDataView data, ScaledEnsembleForm? form = null)
    {
        form ??= new ScaledEnsembleForm();
        static void Set(TrainerOptions options)
        {
            (options.NumberOfEpochs, options.LearningRate, options.NumberOfThreads) = (8, 0.01, 1);
        }

        switch (trainer)
        {
            case TrainerCase.LogisticMlp:
                var binary = new LogisticMlpTrainer.Options();
                Set(binary);
                var logistic = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression();
                return new BinaryEnsembleTrainer(_ml, form, binary, logistic, logistic.Info).Fit(data);
            case TrainerCase.SoftmaxMlp:
                var classes = new SoftmaxMlpTrainer.Options();
                Set(classes);
                var softmax = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
                return new MulticlassEnsembleTrainer(_ml, form, classes, softmax, softmax.Info).Fit(data);
            default:
                var number = new MlpRegressionTrainer.Options();
                Set(number);
                var linear = _ml.Regression.Trainers.Sdca();
                return new RegressionEnsembleTrainer(_ml, form, number, linear, linear.Info).Fit(data);
        }
    }

    private static void AreClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])), $"{i}");
        }
    }
}
