using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Tests.Saving;

/// <summary>A linear model read from a file is ML.NET's own, and continues its training as it is.</summary>
[TestClass]
public class LoadedLinearTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Logistic_regression_continues_from_a_file_as_from_memory()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Logistic);
        var trainer = _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(numberOfEpochs: 3);
        var model = trainer.Fit(data);
        var loaded = (CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>)Loaded(model, data);
        var fromFile = trainer.Fit(data, loaded);
        CollectionAssert.AreEqual(TrainerCase.Scores(trainer.Fit(data, model.Model).Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
        CollectionAssert.AreNotEqual(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
    }

    [TestMethod]
    public void Softmax_regression_continues_from_a_file_as_from_memory()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Softmax);
        var trainer = _ml.MulticlassClassification.Trainers.SoftmaxRegression(numberOfEpochs: 3);
        var model = trainer.Fit(data);
        var fromFile = trainer.Fit(data, (MaximumEntropyModelParameters)Loaded(model, data));
        CollectionAssert.AreEqual(TrainerCase.Scores(trainer.Fit(data, model.Model).Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
        CollectionAssert.AreNotEqual(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
    }

    private object Loaded(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);
        var last = loaded is IEnumerable<ITransformer> chain ? chain.Last() : loaded;
        return ((ISingleFeaturePredictionTransformer<object>)last).Model;
    }
}
