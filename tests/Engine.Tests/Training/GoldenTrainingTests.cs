using System.Numerics;
using System.Text.Json;
using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Whole trainings with a written batch order give the losses and weights of PyTorch.</summary>
[TestClass]
public class GoldenTrainingTests
{
    [TestMethod]
    [DataRow("logistic")]
    [DataRow("mlp_circles")]
    [DataRow("softmax_l2")]
    public void Training_in_double_agrees(string name)
    {
        JsonElement figures = Golden.Load("training.json").GetProperty(name);
        Check<double>(figures, figures.GetProperty("result"), relative: 1e-10);
    }

    [TestMethod]
    public void Training_in_float_stays_within_the_drift_of_float()
    {
        JsonElement figures = Golden.Load("training.json").GetProperty("mlp_circles");
        Check<float>(figures, figures.GetProperty("result_float32"), relative: 1e-5, absolute: 1e-5);
    }

    private static void Check<T>(JsonElement figures, JsonElement expected, double relative, double absolute = 1e-15)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Activation activation = figures.TryGetProperty("activation", out JsonElement name) ? GoldenNetwork.Activation(name) : Activation.Tanh;
        bool isBinary = figures.GetProperty("initial").EnumerateArray().Last().GetProperty("b").GetArrayLength() == 1;
        Network<T> network = GoldenNetwork.Build<T>(figures.GetProperty("initial"), activation, isBinary);
        var data = new DenseData<T>(figures.GetProperty("X").Matrix<T>(), figures.GetProperty("y").Integers());

        History history = FitInOrder(network, data, figures);

        double[] losses = [.. history.Select(record => record.TrainLoss)];
        Golden.AreClose(expected.GetProperty("epoch_loss").Numbers(), losses, relative, absolute, "loss");
        double[] parameters = ((ReadOnlySpan<T>)network.CopyParameters()).ToDoubles();
        Golden.AreClose(GoldenNetwork.Flatten(expected.GetProperty("parameters")), parameters, relative, absolute, "parameters");
        Assert.AreEqual(expected.GetProperty("accuracy").GetDouble(), MiniBatchTrainer<T>.Evaluate(network, data).Metric, 1e-12);
    }

    /// <summary>Each epoch is a partial fit on the rows in the order written for it.</summary>
    private static History FitInOrder<T>(Network<T> network, DenseData<T> data, JsonElement figures) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var trainer = new MiniBatchTrainer<T>(new TrainingOptions<T>
        {
            BatchSize = figures.GetProperty("batch").GetInt32(),
            LearningRate = figures.GetProperty("lr").GetDouble(),
            L2Regularization = figures.GetProperty("l2").GetDouble(),
            Shuffle = false,
        });
        TrainingState<T>? state = null;
        foreach (JsonElement order in figures.GetProperty("order").EnumerateArray())
        {
            state = trainer.PartialFit(network, data.Subset(order.Integers()), state).State;
        }

        return state!.History;
    }
}
