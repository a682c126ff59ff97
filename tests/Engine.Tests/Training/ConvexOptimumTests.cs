using System.Globalization;
using System.Text.Json;
using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Mini-batch training with a decaying rate comes within 1e-4 of the exact optimum of convex problems on real data.</summary>
[TestClass]
public class ConvexOptimumTests
{
    [TestMethod]
    [DataRow("iris", 0.001)]
    [DataRow("iris", 0.01)]
    [DataRow("iris", 0.1)]
    [DataRow("breast_cancer", 0.001)]
    [DataRow("breast_cancer", 0.01)]
    [DataRow("breast_cancer", 0.1)]
    public void Optimum_is_approached(string name, double l2)
    {
        JsonElement optimum = Golden.Load("convex_optimum.json").GetProperty(string.Create(CultureInfo.InvariantCulture, $"{name}_l2_{l2}"));
        DenseData<double> data = Standardised(name);
        bool isBinary = name == "breast_cancer";
        Network<double> network = TestData.Linear<double>(
            data.Features, isBinary ? 1 : 3, isBinary ? LossFunction.BinaryCrossEntropy : LossFunction.SoftmaxCrossEntropy);
        var options = new TrainingOptions<double>
        {
            BatchSize = 16,
            NumberOfEpochs = 400,
            LearningRate = 0.1,
            Schedule = EE569.Engine.Schedules.Schedules.Cosine(),
            Optimizer = new Nesterov<double>(),
            L2Regularization = l2,
        };

        new MiniBatchTrainer<double>(options).Fit(network, data);

        double squares = network.Parameters[0].Value.ToDoubles().Sum(w => w * w);
        double loss = MiniBatchTrainer<double>.Evaluate(network, data).Loss + l2 * squares;
        double excess = loss - optimum.GetProperty("loss").GetDouble();
        Assert.IsTrue(excess is > -1e-9 and < 1e-4, $"loss {loss} exceeds the optimum by {excess}");
    }

    private static DenseData<double> Standardised(string name)
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", $"{name}.csv")).Skip(1).Select(line => line.Split(','))];
        string[] classes = [.. rows.Select(row => row[^1]).Distinct()];
        var features = new Matrix<double>(rows.Length, rows[0].Length - 1);
        for (int column = 0; column < features.Columns; column++)
        {
            double[] values = [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            for (int row = 0; row < rows.Length; row++)
            {
                features[row, column] = (values[row] - mean) / deviation;
            }
        }

        return new DenseData<double>(features, [.. rows.Select(row => Array.IndexOf(classes, row[^1]))]);
    }
}
