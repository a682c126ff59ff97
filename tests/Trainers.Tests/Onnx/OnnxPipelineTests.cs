using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>What stands before and after a trainer in an exported pipeline, case by case.</summary>
[TestClass]
public class OnnxPipelineTests
{
    private readonly MLContext _ml = new(seed: 1);

    private TransformsCatalog Transforms => _ml.Transforms;

    private TransformsCatalog.FeatureSelectionTransforms Selection => _ml.Transforms.FeatureSelection;

    private BinaryClassificationCatalog.CalibratorsCatalog Calibrators => _ml.BinaryClassification.Calibrators;

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void A_Platt_calibrator_after_the_trainer_gives_the_probabilities(string trainer) =>
        Exported(trainer, null, Calibrators.Platt());

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void An_isotonic_or_naive_calibrator_after_the_trainer_is_refused(string trainer)
    {
        Refused(trainer, null, Calibrators.Isotonic(), "IsotonicCalibratorTransformer");
        Refused(trainer, null, Calibrators.Naive(), "NaiveCalibratorTransformer");
    }

    [TestMethod]
    [DataRow(0.9f, "Probability")]
    [DataRow(-0.5f, "Score")]
    public void A_changed_threshold_decides_the_label(float threshold, string column)
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Logistic);
        var model = _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression().Fit(data);
        var changed = column == "Score"
            ? _ml.BinaryClassification.ChangeModelThreshold(model, threshold)
            : Internals.MLNetInternals<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>.Binary(_ml, model.Model, data.Schema, "Features", null, threshold, column);
        var scored = changed.Transform(data);
        Assert.AreNotEqual(model.Transform(data).GetColumn<bool>("PredictedLabel").Count(label => label), scored.GetColumn<bool>("PredictedLabel").Count(label => label));
        foreach (var exported in new ITransformer[] { changed, new TransformerChain<ITransformer>(changed) })
        {
            using var file = OnnxFile.Of(exported);
            OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], scored);
            object[] labels = file.Run([.. data.GetColumn<float[]>("Features")])["PredictedLabel"];
            CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), labels.Select(label => (double)label != 0).ToArray());
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Affine_normalizers_become_nodes(string trainer)
    {
        foreach (bool fixZero in new[] { true, false })
        {
            Exported(trainer, Transforms.NormalizeMeanVariance("Features", fixZero: fixZero), null);
            Exported(trainer, Transforms.NormalizeMinMax("Features", fixZero: fixZero), null);
            Exported(trainer, Transforms.NormalizeRobustScaling("Features", centerData: fixZero), null);
            Exported(trainer, Transforms.NormalizeMeanVariance([new("Weight", "Weight"), new("Features", "Features")], fixZero: fixZero), null);
            Exported(trainer, Transforms.NormalizeMinMax("Features", fixZero: fixZero).Append(Transforms.NormalizeMeanVariance("Features", fixZero: fixZero)), null);
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_renamed_column_is_followed_to_the_data(string trainer)
    {
        Exported(trainer, Transforms.NormalizeMeanVariance("Scaled", "Features", fixZero: false), null, feature: "Scaled");
        Exported(trainer, Transforms.CopyColumns("Copy", "Features").Append(Transforms.NormalizeMinMax("Copy")), null, feature: "Copy");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Transformers_of_the_features_without_a_form_in_the_file_are_refused(string trainer)
    {
        var scale = Transforms.NormalizeMeanVariance("Features");
        Refused(trainer, scale.Append(Transforms.NormalizeLpNorm("Features")), null, "LpNormNormalizingTransformer");
        Refused(trainer, Transforms.NormalizeLpNorm("Features").Append(scale), null, "LpNormNormalizingTransformer");
        Refused(trainer, scale.Append(Transforms.ProjectToPrincipalComponents("Features", rank: 2)), null, "PrincipalComponentAnalysisTransformer");
        Refused(trainer, Transforms.ProjectToPrincipalComponents("Features", rank: 2).Append(scale), null, "PrincipalComponentAnalysisTransformer");
        Refused(trainer, Transforms.NormalizeGlobalContrast("Features").Append(scale), null, "LpNormNormalizingTransformer");
        Refused(trainer, Transforms.NormalizeLogMeanVariance("Features"), null, "NormalizingTransformer");
        Refused(trainer, Transforms.NormalizeBinning("Features"), null, "NormalizingTransformer");
        Refused(trainer, Transforms.ReplaceMissingValues("Features"), null, "MissingValueReplacingTransformer");
        Refused(trainer, Transforms.Expression("Features", "x => 2 * x", "Features"), null, "ExpressionTransformer");
    }

    [TestMethod]
    public void Selected_slots_are_refused_and_a_selection_that_keeps_all_is_not()
    {
        var rows = TestData.Gaussians();
        rows.ForEach(row => row.Features[1] = 0);
        var data = _ml.Data.LoadFromEnumerable(rows);
        Refused(TrainerCase.LogisticMlp, Selection.SelectFeaturesBasedOnCount("Features"), null, "SlotsDroppingTransformer", data);
        Exported(TrainerCase.LogisticMlp, Selection.SelectFeaturesBasedOnCount("Features"), null);
    }

    [TestMethod]
    public void Transformers_of_other_columns_are_no_part_of_the_file() => Exported(
        TrainerCase.Regression,
        Transforms.Conversion.ConvertType("Wide", "Weight", DataKind.Double).Append(Transforms.Expression("Twice", "x => 2 * x", "Weight"))
            .Append(Transforms.CustomMapping<NumberRow, NumberResult>((row, result) => result.Score = row.Weight, null)).Append(Transforms.DropColumns("Weight")),
        Transforms.NormalizeMinMax("Label"));

    [TestMethod]
    public void Predictions_that_are_changed_or_used_further_are_refused()
    {
        Refused(TrainerCase.Regression, null, Transforms.NormalizeMinMax("Score"), "NormalizingTransformer");
        Refused(TrainerCase.Regression, null, Transforms.Expression("Price", "x => exp(x)", "Score"), "ExpressionTransformer");
        Refused(TrainerCase.Regression, null, Transforms.Concatenate("Both", "Score", "Label"), "ColumnConcatenatingTransformer");
        Refused(TrainerCase.Regression, null, Transforms.CopyColumns("Score", "Label"), "ColumnCopyingTransformer");
        Refused(TrainerCase.Regression, null, _ml.Regression.Trainers.LbfgsPoissonRegression("Weight"), "RegressionPredictionTransformer");
    }

    [TestMethod]
    public void Joined_columns_are_one_input()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var chain = Transforms.NormalizeMinMax("Weight", fixZero: false).Append(Transforms.Concatenate("All", "Features", "Weight"))
            .Append(Transforms.NormalizeMeanVariance("All")).Append(_ml.Regression.Trainers.MlpRegression(featureColumnName: "All", hiddenLayers: [3], numberOfEpochs: 2)).Fit(data);
        using var file = OnnxFile.Of(chain);
        Assert.AreEqual("All", file.Input);
        float[][] rows = [.. data.GetColumn<float[]>("Features").Zip(data.GetColumn<float>("Weight"), (features, weight) => (float[])[.. features, weight])];
        OnnxCompare.AreEqual(file, rows, chain.Transform(data));
    }

    [TestMethod]
    public void The_normalizer_is_as_exact_far_from_zero_as_in_ML_NET()
    {
        var rows = TestData.Waves();
        rows.ForEach(row => row.Features[0] += 1000);
        Exported(TrainerCase.Regression, Transforms.NormalizeMeanVariance("Features", fixZero: false), null, data: _ml.Data.LoadFromEnumerable(rows));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void A_predicted_class_is_its_index_or_its_name(string trainer)
    {
        Exported(trainer, null, null);
        Exported(trainer, null, Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        Exported(trainer, null, Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"));
        Exported(trainer, null, Transforms.Conversion.MapKeyToValue("Label"));
    }

    private void Exported(string trainer, IEstimator<ITransformer>? before, IEstimator<ITransformer>? after, string feature = "Features", IDataView? data = null)
    {
        data ??= TrainerCase.Data(_ml, trainer);
        var model = Fit(trainer, before, after, feature, data);
        using var file = OnnxFile.Of(model);
        Assert.AreEqual("Features", file.Input);
        OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], model.Transform(data));
    }

    private void Refused(string trainer, IEstimator<ITransformer>? before, IEstimator<ITransformer>? after, string culprit, IDataView? data = null)
    {
        using var folder = new TemporaryFolder();
        data ??= TrainerCase.Data(_ml, trainer);
        var model = Fit(trainer, before, after, "Features", data);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.SaveAsOnnx(folder.File("model.onnx")), culprit);
        StringAssert.StartsWith(error.Message, culprit);
        StringAssert.Contains(error.Message, "includeNormalizer: false");
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
        using var alone = OnnxFile.Of(model, includeNormalizer: false);
        var read = before is null ? data : ((IEnumerable<ITransformer>)model).First().Transform(data);
        var trained = ((IEnumerable<ITransformer>)model).ElementAt(before is null ? 0 : 1);
        OnnxCompare.AreEqual(alone, [.. read.GetColumn<float[]>("Features")], trained.Transform(read));
    }

    private TransformerChain<ITransformer> Fit(string trainer, IEstimator<ITransformer>? before, IEstimator<ITransformer>? after, string feature, IDataView data)
    {
        var parts = new List<ITransformer>();
        var view = data;
        foreach (var step in new[] { before, TrainerCase.Create(_ml, trainer, options => options.FeatureColumnName = feature).Estimator, after }.OfType<IEstimator<ITransformer>>())
        {
            parts.Add(step.Fit(view));
            view = parts[^1].Transform(view);
        }

        return new([.. parts]);
    }
}
