using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Tests.Nodes;
using EE569.Engine.Tests.Optimizers;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Docs;

/// <summary>docs/engine.md shows code that runs and leaves out no node, optimiser or schedule.</summary>
[TestClass]
public class EngineDocumentationTests
{
    private static readonly string Page = Read("engine.md");

    [TestMethod]
    [DataRow("Softplus.cs")]
    [DataRow("AveragedGradient.cs")]
    [DataRow("ScaledEnsemble.cs")]
    [DataRow("TabularExample.cs")]
    public void The_examples_are_files_of_the_tests(string file) =>
        Assert.Contains($"```csharp\n{Read(file).TrimEnd()}\n```", Page);

    [TestMethod]
    public void Every_node_and_optimiser_is_explained()
    {
        string[] missing = [.. typeof(Node<>).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (Inherits(type, typeof(Node<>)) || Inherits(type, typeof(Optimizer<>))))
            .Select(type => $"/{type.Name.Split('`')[0]}.cs)")
            .Where(link => !Page.Contains(link, StringComparison.Ordinal))];
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [TestMethod]
    public void Every_schedule_is_listed()
    {
        foreach (string name in typeof(EE569.Engine.Schedules.Schedules).GetMembers().Where(IsSchedule).Select(member => member.Name))
        {
            Assert.Contains($"| `{name}", Page);
        }

        static bool IsSchedule(System.Reflection.MemberInfo member) =>
            member is System.Reflection.PropertyInfo or System.Reflection.MethodInfo { IsSpecialName: false, IsStatic: true };
    }

    [TestMethod]
    public void The_new_node_passes_the_gradient_check()
    {
        var x = new Parameter<double>("x", Matrix<double>.FromRows([-30, -2, -0.1], [0, 0.7, 30]));
        Assert.IsLessThan(1e-6, new Graph<double>(new Softplus<double>(x)).GradientCheck().Single().RelativeError);
    }

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy)]
    [DataRow(LossFunction.BinaryCrossEntropy)]
    [DataRow(LossFunction.MeanSquaredError)]
    public void The_new_architecture_trains_on_three_tasks_is_evaluated_predicts_and_is_built_anew_from_its_parameters(LossFunction loss)
    {
        DenseData<float> data = loss == LossFunction.MeanSquaredError ? TestData.Line<float>() : TestData.Circles<float>();
        Architecture description = new ScaledEnsemble { Inputs = 2, Outputs = loss == LossFunction.SoftmaxCrossEntropy ? 2 : 1, Loss = loss };
        Network<float> network = description.Build<float>();
        var trainer = new MiniBatchTrainer<float>(new() { NumberOfEpochs = 60, LearningRate = 0.02, Optimizer = new AdamW<float>(), EarlyStopping = new() { Patience = 60 } });
        TrainingResult<float> result = trainer.Fit(network, data, data);
        Assert.IsGreaterThan(0.95, MiniBatchTrainer<float>.Evaluate(network, data).Metric);
        Assert.AreEqual(result.History[result.BestEpoch - 1].ValidationLoss, MiniBatchTrainer<float>.Evaluate(network, data).Loss);

        Network<float> again = (description with { Seed = 99 }).Build<float>(network.CopyParameters());
        float[] predictions = network.Predict(data.Rows).Values.ToArray();
        CollectionAssert.AreEqual(predictions, again.Predict(data.Rows).Values.ToArray());
        var row = new float[network.Output.Width];
        again.CreatePredictor().PredictRow(data.Rows.Row(7), row);
        Golden.AreClose([.. predictions.AsSpan(7 * row.Length, row.Length).ToArray().Select(value => (double)value)], [.. row.Select(value => (double)value)], relative: 1e-5);
        Assert.ThrowsExactly<ArgumentException>(() => description.Build<float>([1, 2, 3]));
    }

    [TestMethod]
    public void The_tabular_example_learns_from_raw_rows_with_missing_values()
    {
        (Matrix<float> rows, int[] labels) = (TestData.Circles<float>(300).Rows, TestData.Circles<float>(300).Targets.Labels.ToArray());
        var raw = new Matrix<float>(300, 3);
        for (int row = 0; row < 300; row++)
        {
            (raw[row, 0], raw[row, 1], raw[row, 2]) = (1e4f * rows[row, 0], 7 + 1e-3f * rows[row, 1], row % 5 == 0 ? float.NaN : row % 7);
        }

        Matrix<float> predictions = TabularExample.Predict((raw.Slice(0, 150), labels[..150]), (raw.Slice(150, 50), labels[150..200]), raw.Slice(200, 100));
        Assert.IsGreaterThan(90, Enumerable.Range(0, 100).Count(i => (predictions[i, 1] > predictions[i, 0] ? 1 : 0) == labels[200 + i]));
    }

    [TestMethod]
    public void The_new_optimiser_lowers_the_loss_of_full_gradient_descent_in_every_epoch()
    {
        var options = new TrainingOptions<double> { BatchSize = int.MaxValue, NumberOfEpochs = 30, LearningRate = 0.1, Optimizer = new AveragedGradient<double>() };
        double[] losses = [.. new MiniBatchTrainer<double>(options)
            .Fit(TestData.Linear<double>(4, 3), TestData.Clusters<double>(60, 4, 3)).History.Select(record => record.TrainLoss)];
        for (int i = 1; i < losses.Length; i++)
        {
            Assert.IsLessThan(losses[i - 1], losses[i]);
        }
    }

    private static bool Inherits(Type type, Type definition) =>
        type.BaseType is { } parent && ((parent.IsGenericType && parent.GetGenericTypeDefinition() == definition) || Inherits(parent, definition));

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", file)).ReplaceLineEndings("\n");
}
