using EE569.Engine.Data;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests;

/// <summary>The example of docs/engine.md: from raw rows, with NaN where a value is missing, to probabilities. `TabM` may be `RealMlp`, which has no edges.</summary>
public static class TabularExample
{
    public static Matrix<float> Predict((Matrix<float> Rows, int[] Labels) train, (Matrix<float> Rows, int[] Labels) validation, Matrix<float> test)
    {
        RobustScale preparation = RobustScale.Fit(train.Rows);
        Matrix<float> rows = preparation.Transform(train.Rows);
        TabM description = new() { Inputs = preparation.Outputs, Outputs = train.Labels.Max() + 1, Edges = QuantileBins.Find(rows) };
        Network<float> network = description.Build(rows);
        new MiniBatchTrainer<float>(Recipes.For<float>(description, rows.Rows)).Fit(
            network, new DenseData<float>(rows, train.Labels), new DenseData<float>(preparation.Transform(validation.Rows), validation.Labels));
        return network.Predict(preparation.Transform(test));
    }
}
