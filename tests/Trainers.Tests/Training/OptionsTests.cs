using EE569.Engine.Activations;
using EE569.Engine.Optimizers;
using EE569.Engine.Schedules;
using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>Options are checked when the trainer is created, and do what they say.</summary>
[TestClass]
public class OptionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Wrong =>
    [
        ["BatchSize", (Action<TrainerOptions>)(o => o.BatchSize = 0)],
        ["NumberOfEpochs", (Action<TrainerOptions>)(o => o.NumberOfEpochs = -1)],
        ["LearningRate", (Action<TrainerOptions>)(o => o.LearningRate = 0)],
        ["LearningRate", (Action<TrainerOptions>)(o => o.LearningRate = double.NaN)],
        ["L2Regularization", (Action<TrainerOptions>)(o => o.L2Regularization = -1)],
        ["GradientClipNorm", (Action<TrainerOptions>)(o => o.GradientClipNorm = 0)],
        ["ValidationFraction", (Action<TrainerOptions>)(o => o.ValidationFraction = 1)],
        ["NumberOfThreads", (Action<TrainerOptions>)(o => o.NumberOfThreads = 0)],
        ["MaximumRowsInMemory", (Action<TrainerOptions>)(o => o.MaximumRowsInMemory = 0)],
        ["CheckpointInterval", (Action<TrainerOptions>)(o => o.CheckpointInterval = 0)],
        ["ResumeFromCheckpoint", (Action<TrainerOptions>)(o => o.ResumeFromCheckpoint = true)],
        ["LabelColumnName", (Action<TrainerOptions>)(o => o.LabelColumnName = "")],
        ["FeatureColumnName", (Action<TrainerOptions>)(o => o.FeatureColumnName = null!)],
        ["L2Regularization", (Action<TrainerOptions>)(o => o.L2Regularization = double.PositiveInfinity)],
        ["ConvergenceTolerance", (Action<TrainerOptions>)(o => o.ConvergenceTolerance = double.NaN)],
        ["EarlyStopping.Patience", (Action<TrainerOptions>)(o => o.EarlyStopping = new EarlyStopping { Patience = 0 })],
        ["Optimizer", (Action<TrainerOptions>)(o => o.Optimizer = null!)],
        ["LearningRateSchedule", (Action<TrainerOptions>)(o => o.LearningRateSchedule = null!)],
        ["HiddenLayers", (Action<TrainerOptions>)(o => ((NetworkTrainerOptions)o).HiddenLayers = [4, 0])],
        ["HiddenLayers", (Action<TrainerOptions>)(o => ((NetworkTrainerOptions)o).HiddenLayers = null!)],
        ["Dropout", (Action<TrainerOptions>)(o => ((NetworkTrainerOptions)o).Dropout = 1)],
        ["Activation", (Action<TrainerOptions>)(o => ((NetworkTrainerOptions)o).Activation = (Activation)99)],
        ["LabelSmoothing", (Action<TrainerOptions>)(o => ((ClassifierNetworkOptions)o).LabelSmoothing = 1)],
        ["ClassWeights", (Action<TrainerOptions>)(o => ((ClassifierNetworkOptions)o).ClassWeights = null!)],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void A_value_that_cannot_be_is_refused_by_name_when_the_trainer_is_created(string option, Action<TrainerOptions> change)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, change));
        StringAssert.StartsWith(error.Message, $"{option} must be ");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Options_changed_after_the_trainer_was_created_do_not_reach_it(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        TrainerOptions given = null!;
        int[] widths = [8];
        ITrainer Create() => TrainerCase.Create(_ml, trainer, options =>
        {
            given = options;
            if (options is NetworkTrainerOptions network)
            {
                network.HiddenLayers = widths;
            }
        });
        float[] expected = TrainerCase.Scores(Create().Fit(data).Transform(data));
        var created = Create();
        (given.ValidationFraction, given.MaximumRowsInMemory, given.BatchSize, given.LabelColumnName, given.LearningRate) = (2, 0, -1, "", double.NaN);
        (given.EarlyStopping, given.Optimizer, given.CheckpointFile) = (new EarlyStopping { Patience = 0 }, null!, "/nowhere/at all");
        widths[0] = -1;
        CollectionAssert.AreEqual(expected, TrainerCase.Scores(created.Fit(data).Transform(data)));
    }

    [TestMethod]
    public void L1_must_not_be_negative() =>
        StringAssert.Contains(
            Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.SoftmaxRegression(new SoftmaxRegressionTrainer.Options { L1Regularization = -1 })).Message,
            "L1Regularization");

    [TestMethod]
    public void Stronger_L2_makes_smaller_weights_and_L1_makes_zeros()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Softmax);
        double Norm(double l2) => Weights(new SoftmaxRegressionTrainer.Options { L2Regularization = l2 }).Sum(weight => weight * weight);
        Assert.IsLessThan(Norm(0) / 2, Norm(0.1));
        Assert.IsGreaterThan(2, Weights(new SoftmaxRegressionTrainer.Options { L1Regularization = 0.1, Optimizer = new SGD<float>(), LearningRate = 0.1 }).Count(weight => weight == 0));
        Assert.AreEqual(0, Weights(new SoftmaxRegressionTrainer.Options()).Count(weight => weight == 0));

        float[] Weights(SoftmaxRegressionTrainer.Options options)
        {
            Microsoft.ML.Data.VBuffer<float>[]? rows = null;
            _ml.MulticlassClassification.Trainers.SoftmaxRegression(options).Fit(data).Model.GetWeights(ref rows, out _);
            return [.. rows!.SelectMany(row => row.DenseValues())];
        }
    }

    [TestMethod]
    public void Every_optimizer_and_a_schedule_train()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.SoftmaxMlp);
        Optimizer<float>[] optimizers =
            [new SGD<float>(), new Momentum<float>(), new Nesterov<float>(), new AdaGrad<float>(), new RMSProp<float>(), new Adam<float>(), new AdamW<float>()];
        foreach (var optimizer in optimizers)
        {
            var trainer = TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, options =>
            {
                options.Optimizer = optimizer;
                options.LearningRateSchedule = Schedules.Cosine();
                options.NumberOfEpochs = 20;
            });
            trainer.Fit(data);
            Assert.IsLessThan(trainer.LastHistory![0].TrainLoss, trainer.LastHistory[^1].TrainLoss, optimizer.GetType().Name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void The_seed_decides_every_bit_and_the_number_of_threads_none(string trainer)
    {
        float[] Train(int? contextSeed, int? seed, int threads, bool isLarge)
        {
            var ml = new MLContext(contextSeed);
            var data = TrainerCase.Data(ml, trainer);
            var model = TrainerCase.Create(ml, trainer, options =>
            {
                options.Seed = seed;
                options.NumberOfThreads = threads;
                if (isLarge) // large enough to be shared among threads
                {
                    options.BatchSize = 100;
                    options.NumberOfEpochs = 3;
                    (options as NetworkTrainerOptions)?.HiddenLayers = [128, 128];
                }
            }).Fit(data);
            return TrainerCase.Scores(model.Transform(data));
        }

        foreach (bool isLarge in new[] { false, true })
        {
            var expected = Train(contextSeed: 7, seed: null, threads: 1, isLarge);
            CollectionAssert.AreEqual(expected, Train(contextSeed: 7, seed: null, threads: 4, isLarge));
            CollectionAssert.AreEqual(expected, Train(contextSeed: null, seed: 7, threads: 2, isLarge));
            CollectionAssert.AreNotEqual(expected, Train(contextSeed: 8, seed: null, threads: 1, isLarge));
        }
    }

    [TestMethod]
    public void Early_stopping_without_validation_data_says_where_to_get_it()
    {
        var trainer = TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, options => (options.EarlyStopping, options.ValidationFraction) = (new EarlyStopping { Patience = 3 }, 0));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(TrainerCase.Data(_ml, TrainerCase.SoftmaxMlp)));
        StringAssert.Contains(error.Message, "ValidationFraction");
    }

    [TestMethod]
    public void Class_weights_of_the_wrong_number_are_refused()
    {
        var trainer = TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, options => ((ClassifierNetworkOptions)options).ClassWeights = ClassWeighting.Explicit(1, 2));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(TrainerCase.Data(_ml, TrainerCase.SoftmaxMlp)));
        StringAssert.Contains(error.Message, "3 classes");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ClassWeighting.Explicit(1, -2));
    }
}
