using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;

namespace EE569.Reliability.Tests;

/// <summary>A tiny classification problem: two classes, two features, 40 rows.</summary>
internal static class Problem
{
    public static (Network<float> Network, DenseData<float> Data) Small(ulong seed, bool isTabM = false)
    {
        var random = new SplitMix64(seed);
        var features = new Matrix<float>(40, 2);
        int[] labels = new int[40];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = row % 2;
            features[row, 0] = (float)(random.NextGaussian() + 2 * labels[row]);
            features[row, 1] = (float)(random.NextGaussian() - labels[row]);
        }

        Network<float> network = isTabM ? new TabM { Inputs = 2, HiddenLayers = [4], Outputs = 2, NumberOfMembers = 3, Seed = seed }.Build<float>()
            : new FeedForward { Inputs = 2, HiddenLayers = [4], Outputs = 2, Activation = Activation.Tanh, Seed = seed }.Build<float>();
        return (network, new DenseData<float>(features, labels));
    }
}
