using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;
using EE569.Engine.Training;

namespace EE569.Engine.Tests;

/// <summary>Networks that give several rows of scores for an example.</summary>
[TestClass]
public class EnsembleTests
{
    private const int K = 4;

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy)]
    [DataRow(LossFunction.BinaryCrossEntropy)]
    [DataRow(LossFunction.MeanSquaredError)]
    public void Loss_gradient_metric_and_prediction_are_means_over_the_members(LossFunction loss)
    {
        Network<double> ensemble = Create(loss);
        Matrix<double> x = TestData.Clusters<double>(9, 5, 3).Rows;
        double[] weights = [1, 2, 0, 1, 1, 3, 1, 0.5, 1];
        Targets<double> targets = loss == LossFunction.MeanSquaredError ? new(TestData.Line<double>(9).Targets.Values!, weights) : new([0, 1, 0, 1, 1, 0, 0, 1, 1], weights);
        ensemble.Input.Set(x);
        ensemble.Loss.Targets = targets;
        if (loss != LossFunction.MeanSquaredError)
        {
            ensemble.Loss.ClassWeights = [1, 0.5];
        }

        foreach (GradientError error in ensemble.Graph.GradientCheck())
        {
            Assert.IsLessThan(1e-8, error.NormError, error.Parameter);
        }

        (double mean, var prediction) = (0, new double[9 * ensemble.Output.Width]);
        for (int member = 0; member < K; member++)
        {
            Network<double> single = Create(loss, member);
            single.Input.Set(x);
            single.Loss.Targets = targets;
            single.Loss.ClassWeights = ensemble.Loss.ClassWeights;
            single.Graph.Forward();
            mean += single.Loss.Value[0, 0] / K;
            double[] ofMember = single.Predict(x).Values.ToArray();
            prediction = [.. prediction.Zip(ofMember, (sum, value) => sum + value / K)];
        }

        Assert.AreEqual(mean, ensemble.Loss.Value[0, 0], 1e-12);
        Golden.AreClose(prediction, ensemble.Predict(x).Values, relative: 1e-12);
        var row = new double[ensemble.Output.Width];
        ensemble.CreatePredictor().PredictRow(x.Row(3), row);
        Golden.AreClose(prediction.AsSpan(3 * row.Length, row.Length), row, relative: 1e-12);

        var metric = new Metric();
        var expected = new Metric();
        ensemble.Loss.Measure(metric);
        for (int i = 0; i < 9; i++)
        {
            switch (loss)
            {
                case LossFunction.MeanSquaredError: expected.Add(weights[i], targets.Values![i, 0], prediction[i]); break;
                case LossFunction.BinaryCrossEntropy: expected.Add(weights[i], targets.Labels[i], prediction[i] > 0.5 ? 1 : 0, 2); break;
                default: expected.Add(weights[i], targets.Labels[i], prediction[2 * i + 1] > prediction[2 * i] ? 1 : 0, 2); break;
            }
        }

        Assert.AreEqual(expected.Value, metric.Value, 1e-12);
    }

    [TestMethod]
    public void An_ensemble_trains_and_is_evaluated_to_the_same_bits_on_any_number_of_threads()
    {
        DenseData<float> data = TestData.Circles<float>();
        float[][] parameters = [.. new[] { 1, 2 }.Select(threads =>
        {
            Network<float> network = CreateCircles();
            TrainingResult<float> result = new MiniBatchTrainer<float>(new() { NumberOfEpochs = 40, LearningRate = 0.2, NumberOfThreads = threads }).Fit(network, data, data);
            Assert.IsGreaterThan(0.95, result.History[^1].ValidationMetric!.Value);
            Assert.AreEqual(result.History[^1].ValidationLoss!.Value, MiniBatchTrainer<float>.Evaluate(network, data).Loss);
            return network.CopyParameters();
        })];
        CollectionAssert.AreEqual(parameters[0], parameters[1]);
    }

    [TestMethod]
    public void Rows_of_scores_that_are_no_multiple_of_the_examples_are_refused()
    {
        Network<double> ensemble = Create(LossFunction.SoftmaxCrossEntropy);
        ensemble.Input.Set(new Matrix<double>(3, 5));
        ensemble.Loss.Targets = new Targets<double>([0, 1, 0, 1, 0]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(ensemble.Graph.Forward).Message, "12 rows of scores meet 5 targets");
    }

    private static Network<float> CreateCircles()
    {
        var random = new SplitMix64(3);
        var input = new Input<float>(2);
        var members = new Scale<float>(input, new("r", TestData.Normal<float>(ref random, K, 2)));
        var hidden = new Tanh<float>(new Linear<float>(members, new("W1", TestData.Normal<float>(ref random, 16, 2)), new("b1", TestData.Normal<float>(ref random, 1, 16))));
        var output = new Linear<float>(hidden, new("W2", TestData.Normal<float>(ref random, 2, 16)), new("b2", 1, 2));
        return new(input, output, new SoftmaxCrossEntropy<float>(output));
    }

    /// <summary>The whole ensemble, or one of its members alone.</summary>
    private static Network<double> Create(LossFunction loss, int? member = null)
    {
        var random = new SplitMix64(2);
        var input = new Input<double>(5);
        Matrix<double> factors = TestData.Normal<double>(ref random, K, 5);
        var members = new Scale<double>(input, new("r", member is { } one ? factors.Slice(one, 1).Clone() : factors));
        int outputs = loss == LossFunction.SoftmaxCrossEntropy ? 2 : 1;
        var output = new Linear<double>(members, new("W", TestData.Normal<double>(ref random, outputs, 5)), new("b", 1, outputs));
        return new(input, output, loss switch
        {
            LossFunction.SoftmaxCrossEntropy => new SoftmaxCrossEntropy<double>(output, 0.1),
            LossFunction.BinaryCrossEntropy => new BinaryCrossEntropy<double>(output),
            _ => new MeanSquaredError<double>(output),
        });
    }
}
