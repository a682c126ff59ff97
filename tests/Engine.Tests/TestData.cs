using System.Numerics;
using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;

namespace EE569.Engine.Tests;

/// <summary>Small seeded problems.</summary>
internal static class TestData
{
    /// <summary>Two noisy circles of radius 0.5 (class 0) and 1 (class 1).</summary>
    public static DenseData<T> Circles<T>(int rows = 200, ulong seed = 7, T[]? weights = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new SplitMix64(seed);
        var features = new Matrix<T>(rows, 2);
        var labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = i % 2;
            double angle = 2 * Math.PI * random.NextDouble();
            double radius = (labels[i] == 1 ? 1 : 0.5) + 0.1 * random.NextGaussian();
            features[i, 0] = T.CreateTruncating(radius * Math.Cos(angle));
            features[i, 1] = T.CreateTruncating(radius * Math.Sin(angle));
        }

        return new DenseData<T>(features, labels, weights);
    }

    /// <summary>Classes around random centres; about half of the features are 0.</summary>
    public static DenseData<T> Clusters<T>(int rows, int features, int classes, ulong seed = 3, T[]? weights = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new SplitMix64(seed);
        var centres = Normal<double>(ref random, classes, features);
        Matrix<T> matrix = Normal<T>(ref random, rows, features);
        var labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = random.NextInt32(classes);
            for (int j = 0; j < features; j++)
            {
                matrix[i, j] = random.NextDouble() < 0.5 ? T.Zero : matrix[i, j] + T.CreateTruncating(centres[labels[i], j]);
            }
        }

        return new DenseData<T>(matrix, labels, weights);
    }

    /// <summary>A noisy linear function of the features.</summary>
    public static DenseData<T> Line<T>(int rows = 100, ulong seed = 5) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new SplitMix64(seed);
        Matrix<T> features = Normal<T>(ref random, rows, 2);
        var values = new Matrix<T>(rows, 1);
        for (int i = 0; i < rows; i++)
        {
            values[i, 0] = T.CreateTruncating(2 * double.CreateTruncating(features[i, 0]) - double.CreateTruncating(features[i, 1]) + 0.5 + 0.1 * random.NextGaussian());
        }

        return new DenseData<T>(features, values);
    }

    public static Matrix<T> Normal<T>(ref SplitMix64 random, int rows, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var matrix = new Matrix<T>(rows, columns);
        foreach (ref T value in matrix.Values)
        {
            value = T.CreateTruncating(random.NextGaussian());
        }

        return matrix;
    }

    /// <summary>The 2-10-2 network of the source material.</summary>
    public static Network<T> CircleNetwork<T>(ulong seed = 1, double dropout = 0) where T : unmanaged, IFloatingPointIeee754<T> => new FeedForward
    {
        Inputs = 2,
        HiddenLayers = [10],
        Outputs = 2,
        Activation = Activation.Tanh,
        Dropout = dropout,
        Initializer = EE569.Engine.Initializers.Initializers.Normal(0.3),
        BiasInitializer = EE569.Engine.Initializers.Initializers.Normal(0.3),
        Seed = seed,
    }.Build<T>();

    public static Network<T> Linear<T>(int inputs, int outputs, LossFunction loss = LossFunction.SoftmaxCrossEntropy, double labelSmoothing = 0)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new FeedForward { Inputs = inputs, Outputs = outputs, Loss = loss, LabelSmoothing = labelSmoothing }.Build<T>();
}
