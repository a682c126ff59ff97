namespace EE569.Experiments.Charts;

/// <summary>A class's weights as an image: grey for one plane, colour for three.</summary>
internal sealed class WeightTemplate(float[] weights, int side)
{
    public float Least { get; } = weights.Min();

    public float Greatest { get; } = weights.Max();

    /// <summary>Mean difference of horizontal neighbours, relative to the range of the weights.</summary>
    public double Roughness
    {
        get
        {
            double sum = 0;
            int pairs = 0;
            for (int i = 1; i < weights.Length; i++)
            {
                if (i % side != 0)
                {
                    sum += Math.Abs(weights[i] - weights[i - 1]);
                    pairs++;
                }
            }

            return Greatest > Least ? sum / pairs / (Greatest - Least) : 0;
        }
    }

    /// <summary>The least weight becomes black, the greatest white.</summary>
    public string ToDataUri()
    {
        int plane = side * side;
        byte Level(int channel, int x, int y) => (byte)Math.Round(255 * (weights[(channel * plane) + (y * side) + x] - Least) / Math.Max(Greatest - Least, 1e-12f));
        return weights.Length == plane
            ? Png.DataUri(side, side, (x, y) => (Level(0, x, y), Level(0, x, y), Level(0, x, y), byte.MaxValue))
            : Png.DataUri(side, side, (x, y) => (Level(0, x, y), Level(1, x, y), Level(2, x, y), byte.MaxValue));
    }
}
