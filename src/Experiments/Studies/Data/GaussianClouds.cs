namespace EE569.Experiments.Studies.Data;

/// <summary>Two classes of points in the plane, each from a normal distribution with a diagonal covariance.</summary>
internal sealed record GaussianClouds(GaussianCloud Zero, GaussianCloud One)
{
    /// <summary>The source's distributions: means (3, -2) and (-1, 3), covariances diag(6, 3) and diag(2, 8).</summary>
    public static readonly GaussianClouds OfSource = new(new(3, -2, 6, 3), new(-1, 3, 2, 8));

    /// <summary>Draws <paramref name="perClass"/> points of class 0 and then as many of class 1.</summary>
    public Examples Draw(int perClass, int seed)
    {
        var random = SplitMix64.Derive((ulong)seed, 0x6A55);
        var features = new Matrix<float>(2 * perClass, 2);
        int[] labels = new int[2 * perClass];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i / perClass;
            GaussianCloud cloud = labels[i] == 0 ? Zero : One;
            features[i, 0] = (float)(cloud.Mean1 + (Math.Sqrt(cloud.Variance1) * random.NextGaussian()));
            features[i, 1] = (float)(cloud.Mean2 + (Math.Sqrt(cloud.Variance2) * random.NextGaussian()));
        }

        return new Examples(features, labels, ["0", "1"]);
    }
}
