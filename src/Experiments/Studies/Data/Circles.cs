namespace EE569.Experiments.Studies.Data;

/// <summary>Two rings around the origin, of radius 0.5 (class 0) and 1 (class 1), blurred along the radius.</summary>
internal static class Circles
{
    /// <summary>
    /// Standard deviation of the radius. The best border, halfway between the rings, errs on the share of points more than 0.25 off:
    /// 2 (1 - Phi(0.25 / 0.14)) / 2 = 3.7 %.
    /// </summary>
    public const double Noise = 0.14;

    /// <summary>The seed of data/circles.csv.</summary>
    public const int ShippedSeed = 569;

    /// <summary>data/circles.csv, standardised with the mean and deviation of its 200 training points; the other 200 are to test.</summary>
    public static (Examples Train, Examples Test) Shipped()
    {
        Examples all = LabeledCsv.ReadShipped("circles.csv");
        Examples train = all.Subset([.. Enumerable.Range(0, 200)]), test = all.Subset([.. Enumerable.Range(200, 200)]);
        var standardizer = new Standardizer(train.Features);
        return (standardizer.Apply(train), standardizer.Apply(test));
    }

    /// <summary>Draws <paramref name="perClass"/> points of class 0 and then as many of class 1.</summary>
    public static Examples Draw(int perClass, int seed)
    {
        var random = SplitMix64.Derive((ulong)seed, 0xC1BC);
        var features = new Matrix<float>(2 * perClass, 2);
        int[] labels = new int[2 * perClass];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i / perClass;
            double angle = 2 * Math.PI * random.NextDouble();
            double radius = (labels[i] == 0 ? 0.5 : 1) + (Noise * random.NextGaussian());
            features[i, 0] = (float)Math.Round(radius * Math.Cos(angle), 6);
            features[i, 1] = (float)Math.Round(radius * Math.Sin(angle), 6);
        }

        return new Examples(features, labels, ["0", "1"]);
    }
}
