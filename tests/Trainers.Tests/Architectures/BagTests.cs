using EE569.Engine.Training;
using EE569.Trainers.Tests.Onnx;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Architectures;

/// <summary>Several networks whose predictions are averaged: folds, and several on the same rows.</summary>
[TestClass]
public class BagTests : TabularCase
{
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_bag_predicts_the_mean_of_its_networks_which_each_saw_other_rows(string trainer, string task)
    {
        var bag = Create(trainer, task, Folds(3), epochs: 6);
        var model = bag.Fit(Data());
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, bag.LastHistory!.Select(record => record.Network).Distinct().ToArray());
        Assert.HasCount(18, bag.LastHistory!);
        var origin = FormOf(model).Origin!;
        Assert.HasCount(3, origin);

        float[] mean = [.. Enumerable.Range(0, origin.Count).Select(i => Predictions(origin[i]))
            .Aggregate((sum, next) => [.. sum.Zip(next, (one, other) => one + other)]).Select(sum => sum / 3)];
        float[] scores = task == "Binary" ? [.. model.Transform(Data()).GetColumn<float>("Probability")] : Scores(model);
        for (int i = 0; i < scores.Length; i++)
        {
            // Each member is clipped to the range of the labels before the mean: only where none is are they the same.
            Assert.AreEqual(mean[i], scores[i], task == "Regression" ? 2 : 1e-4, $"{i}");
        }

        Assert.AreNotEqual(Predictions(origin[0])[0], Predictions(origin[1])[0]);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_bag_is_saved_exported_and_goes_on(string trainer, string task)
    {
        using var folder = new TemporaryFolder();
        var model = Create(trainer, task, Folds(3), epochs: 6).Fit(Data());
        Context.Model.Save(model, Data().Schema, folder.File("model.zip"));
        AreClose(Scores(model), Scores(Context.Model.Load(folder.File("model.zip"), out _)));
        using var file = OnnxFile.Of(model);
        OnnxCompare.AreEqual(file, [.. Data().GetColumn<float[]>("Features")], model.Transform(Data()));

        var second = Create(trainer, task, options => { Folds(3)(options); options.LearningRate = 1e-6; }, epochs: 1);
        AreClose(Scores(model), Scores(second.Fit(Data(), previous: model)), 0.02);
        var error = Assert.ThrowsExactly<ArgumentException>(() => Create(trainer, task).Fit(Data(), previous: model));
        StringAssert.Contains(error.Message, "mean of 3 networks");
    }

    [TestMethod]
    public void Many_members_are_saved_in_a_chain_that_keeps_few_columns()
    {
        using var folder = new TemporaryFolder();
        var model = Create("TabM", "Multiclass", options => { Folds(4)(options); ((TabMOptions)options).NumberOfMembers = 12; }, epochs: 2).Fit(Data());
        Context.Model.Save(model, Data().Schema, folder.File("model.zip"));
        var loaded = Context.Model.Load(folder.File("model.zip"), out _);
        AreClose(Scores(model), Scores(loaded));
        AreClose(Scores(model), Scores(SoftmaxMlpTransformer.FromLoaded(loaded)));
        var schema = Data().Schema;
        foreach (var part in (IEnumerable<ITransformer>)loaded)
        {
            schema = part.GetOutputSchema(schema);
            Assert.IsLessThan(300, schema.Count);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_bits_of_a_bag_are_the_same_on_two_threads_and_after_an_interruption(string trainer, string task)
    {
        using var folder = new TemporaryFolder();
        float[] whole = Scores(Create(trainer, task, Folds(2), epochs: 4).Fit(Data()));
        CollectionAssert.AreEqual(whole, Scores(Create(trainer, task, options => { Folds(2)(options); options.NumberOfThreads = 2; }, epochs: 4).Fit(Data())));

        Action<TrainerOptions> checkpoint = options =>
        {
            Folds(2)(options);
            (options.CheckpointFile, options.ResumeFromCheckpoint) = (folder.File("state"), true);
        };
        Create(trainer, task, options =>
        {
            checkpoint(options);
            options.EpochCallback = progress => { if (progress.Record is { Network: 2, Epoch: 2 }) { progress.Stop(); } };
        }, epochs: 4).Fit(Data());
        Assert.IsTrue(File.Exists(folder.File("state.2")));
        CollectionAssert.AreEqual(whole, Scores(Create(trainer, task, checkpoint, epochs: 4).Fit(Data())));
    }

    [TestMethod]
    [DataRow("TabM")]
    [DataRow("RealMlp")]
    public void A_stopped_bag_keeps_the_networks_so_far(string trainer)
    {
        var seen = new List<(int Network, int Of)>();
        var stopped = Create(trainer, "Binary", options =>
        {
            Folds(4)(options);
            options.EpochCallback = progress =>
            {
                seen.Add((progress.Record.Network, progress.NumberOfNetworks));
                if (progress.Record is { Network: 2, Epoch: 3 })
                {
                    progress.Stop();
                }
            };
        }, epochs: 5);
        var model = stopped.Fit(Data());
        Assert.AreEqual(StopReason.Cancelled, stopped.LastStopReason);
        Assert.HasCount(2, FormOf(model).Origin!);
        Assert.HasCount(8, seen);
        Assert.IsTrue(seen.All(epoch => epoch.Of == 4));

        using var cancelled = new CancellationTokenSource();
        var token = Create(trainer, "Binary", options =>
        {
            Folds(4)(options);
            (options.CancellationToken, options.EpochCallback) = (cancelled.Token, progress => { if (progress.Record.Network == 3) { cancelled.Cancel(); } });
        }, epochs: 5);
        Assert.HasCount(3, FormOf(token.Fit(Data())).Origin!);
        Assert.AreEqual(StopReason.Cancelled, token.LastStopReason);
    }

    [TestMethod]
    [DataRow("TabM")]
    [DataRow("RealMlp")]
    public void Folds_share_the_time(string trainer)
    {
        var limited = Create(trainer, "Binary", options =>
        {
            Folds(3)(options);
            (options.NumberOfEpochs, options.TimeLimit, options.EarlyStopping) = (int.MaxValue, TimeSpan.FromSeconds(3), options.EarlyStopping! with { Patience = int.MaxValue });
        }, epochs: 5);
        limited.Fit(Data());
        Assert.AreEqual(StopReason.TimeLimit, limited.LastStopReason);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, limited.LastHistory!.Select(record => record.Network).Distinct().ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Networks_on_the_same_rows_differ_and_may_be_given_validation_data(string trainer, string task)
    {
        var model = Create(trainer, task, options => ((EnsembleTrainerOptions)options).NumberOfNetworks = 2, epochs: 4).Fit(Data(), validation: Data());
        var origin = FormOf(model).Origin!;
        Assert.HasCount(2, origin);
        CollectionAssert.AreNotEqual(Predictions(origin[0]), Predictions(origin[1]));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void Plain_networks_make_bags_that_are_saved_and_go_on(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(Context, trainer);
        var bag = TrainerCase.Create(Context, trainer, Folds(3));
        var model = bag.Fit(data);
        Assert.HasCount(3, FormOf(model).Origin!);
        Context.Model.Save(model, data.Schema, folder.File("model.zip"));
        float[] scores = TrainerCase.Scores(model.Transform(data));
        AreClose(scores, TrainerCase.Scores(Context.Model.Load(folder.File("model.zip"), out _).Transform(data)));
        var second = TrainerCase.Create(Context, trainer, options => { Folds(3)(options); (options.LearningRate, options.NumberOfEpochs) = (1e-6, 1); });
        AreClose(scores, TrainerCase.Scores(second.Fit(data, previous: model).Transform(data)), 0.02);
    }

    [TestMethod]
    public void What_no_bag_can_do_is_said()
    {
        var folds = Create("TabM", "Binary", Folds(3), epochs: 1);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => folds.Fit(Data(), validation: Data())).Message, "NumberOfNetworks");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => folds.StartPartialFit()(Data())).Message, "PartialFit trains one network");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Create("TabM", "Regression", Folds(241)).Fit(Data())).Message, "NumberOfFolds");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create("TabM", "Binary", Folds(0)));
    }

    private static Action<TrainerOptions> Folds(int folds) => options => ((EnsembleTrainerOptions)options).NumberOfFolds = folds;

    private static NetworkForm FormOf(ITransformer model) => ((ISingleFeaturePredictionTransformer<NetworkModelParameters>)model).Model.Form;

    private float[] Predictions(FittedNetwork fitted)
    {
        var prepared = fitted.Preparation!.Features.Transform(Engine.Matrices.Matrix<float>.FromRows([.. Data().GetColumn<float[]>("Features")]));
        float[] predicted = fitted.Network.Predict(prepared).Values.ToArray();
        return fitted.Preparation.Label is var (mean, scale, low, high)
            ? [.. predicted.Select(value => (float)Math.Clamp((value * scale) + mean, low, high))]
            : predicted;
    }
}
