using System.Text.Json;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Tests.Nodes;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Networks;

/// <summary>RealMLP and TabM, whole, agree with PyTorch in double (Golden/tabular.py): scores, loss, gradients, predictions, and a training by the paper's recipe.</summary>
[TestClass]
public class TabularGoldenTests
{
    private static readonly JsonElement Cases = Golden.Load("tabular.json");

    [TestMethod]
    [DataRow("realmlp_softmax")]
    [DataRow("realmlp_binary")]
    [DataRow("realmlp_squared")]
    [DataRow("tabm_mini_softmax")]
    [DataRow("tabm_full_binary")]
    [DataRow("tabm_full_squared")]
    public void Scores_gradients_predictions_and_training_agree(string name)
    {
        JsonElement figures = Cases.GetProperty(name);
        Architecture description = Describe(name, figures);
        Network<double> network = description.Build<double>();
        Restore(network, figures.GetProperty("parameters"));
        DenseData<double> data = Data(figures, description.Loss);
        network.Input.Set(data.Rows);
        network.Ids?.Set(data.Ids!);
        network.Loss.Targets = data.Targets;
        network.Graph.Forward();
        network.Graph.Backward();

        Check(figures.GetProperty("scores"), network.Output.Value, "scores");
        Assert.AreEqual(figures.GetProperty("loss").GetDouble(), network.Loss.Value[0, 0], 1e-12);
        Check(figures.GetProperty("prediction"), network.Predict(data.Rows, data.Ids), "prediction");
        foreach (Parameter<double> parameter in network.Parameters)
        {
            Check(figures.GetProperty("gradients").GetProperty(parameter.Name), parameter.Gradient, parameter.Name);
        }

        foreach (GradientError error in network.Graph.GradientCheck())
        {
            Assert.IsLessThan(1e-8, error.NormError, error.Parameter);
        }

        // All rows in each step, without dropout.
        TrainingOptions<double> recipe = description is RealMlp realMlp ? Recipes.For<double>(realMlp, 7) : Recipes.For<double>((TabM)description, 7);
        JsonElement training = figures.GetProperty("training");
        double[] losses = training.GetProperty("losses").Numbers();
        History history = new MiniBatchTrainer<double>(recipe with { NumberOfEpochs = losses.Length, Shuffle = false, EarlyStopping = null, DivergenceThreshold = null })
            .Fit(network, data).History;
        Golden.AreClose(losses, [.. history.Select(epoch => epoch.TrainLoss)], relative: 1e-9, what: "losses");
        foreach (Parameter<double> parameter in network.Parameters)
        {
            Golden.AreClose(
                training.GetProperty("parameters").GetProperty(parameter.Name).Numbers(), parameter.Value.Values, relative: 1e-8, absolute: 1e-8, what: parameter.Name);
        }
    }

    private static void Check(JsonElement expected, Matrix<double> actual, string what) =>
        Golden.AreClose(expected.Numbers(), actual.Values, relative: 1e-11, absolute: 1e-13, what: what);

    private static Architecture Describe(string name, JsonElement figures)
    {
        bool hasIds = figures.GetProperty("ids").ValueKind == JsonValueKind.Array;
        LossFunction loss = name.EndsWith("softmax", StringComparison.Ordinal) ? LossFunction.SoftmaxCrossEntropy
            : name.EndsWith("binary", StringComparison.Ordinal) ? LossFunction.BinaryCrossEntropy : LossFunction.MeanSquaredError;
        int[] counts = !hasIds ? [] : loss == LossFunction.SoftmaxCrossEntropy ? [3, 4] : [2];
        int outputs = loss == LossFunction.SoftmaxCrossEntropy ? 3 : 1;
        if (name.StartsWith("realmlp", StringComparison.Ordinal))
        {
            return new RealMlp { Inputs = 4, Outputs = outputs, Loss = loss, HiddenLayers = [6, 5], Waves = 5, IdCounts = counts, IdEmbeddingSize = 2, Dropout = 0 };
        }

        double[][] edges = TabularNodeTests.Edges(figures);
        return new TabM
        {
            Inputs = 4,
            Outputs = outputs,
            Loss = loss,
            HiddenLayers = [6, 5],
            NumberOfMembers = 3,
            IsFull = name.Contains("full", StringComparison.Ordinal),
            Edges = edges.Length == 0 ? null : edges,
            EmbeddingSize = 2,
            IdCounts = counts,
            IdEmbeddingSize = 2,
            Dropout = 0,
        };
    }

    private static DenseData<double> Data(JsonElement figures, LossFunction loss)
    {
        Matrix<double> x = figures.GetProperty("x").Matrix<double>();
        JsonElement targets = figures.GetProperty("targets");
        JsonElement ids = figures.GetProperty("ids");
        return new DenseData<double>(x, loss == LossFunction.MeanSquaredError ? new(targets.Matrix<double>(listIsColumn: true)) : new(targets.Integers()))
        {
            Ids = ids.ValueKind == JsonValueKind.Array ? new Matrix<int>(x.Rows, ids[0].GetArrayLength(), [.. ids.Numbers().Select(id => (int)id)]) : null,
        };
    }

    private static void Restore(Network<double> network, JsonElement parameters)
    {
        CollectionAssert.AreEquivalent(parameters.EnumerateObject().Select(p => p.Name).ToArray(), network.Parameters.Select(p => p.Name).ToArray());
        network.RestoreParameters([.. network.Parameters.SelectMany(parameter => parameters.GetProperty(parameter.Name).Numbers())]);
    }
}
