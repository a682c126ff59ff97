namespace EE569.Experiments.Charts;

/// <summary>The probability of class 1 on a square grid over the plane, row by row from the lowest x2 upwards.</summary>
/// <param name="Side">Grid points along each axis.</param>
/// <param name="Bounds">The square's lower and upper bound on both axes.</param>
/// <param name="Values">Side x Side probabilities.</param>
internal sealed record ProbabilityField(int Side, FieldBounds Bounds, float[] Values)
{
    /// <summary>Evaluates a network of two inputs, with one output (logistic) or two (softmax), on the grid.</summary>
    public static ProbabilityField Of(Network<float> network, FieldBounds bounds, int side = 40)
    {
        var grid = new Matrix<float>(side * side, 2);
        for (int i = 0; i < grid.Rows; i++)
        {
            grid[i, 0] = (float)bounds.At(i % side, side);
            grid[i, 1] = (float)bounds.At(i / side, side);
        }

        Matrix<float> probabilities = network.Predict(grid);
        int classOne = probabilities.Columns - 1;
        float[] values = [.. Enumerable.Range(0, grid.Rows).Select(row => probabilities[row, classOne])];
        return new ProbabilityField(side, bounds, values);
    }

    /// <summary>Whether class 0 holds the centre and class 1 the whole edge: the border between them is closed.</summary>
    public bool Encloses()
    {
        int last = Side - 1;
        return Values[(Side / 2 * Side) + (Side / 2)] < 0.5f
            && Enumerable.Range(0, Values.Length).Where(i => i % Side is 0 || i % Side == last || i / Side is 0 || i / Side == last).All(i => Values[i] > 0.5f);
    }

    /// <summary>The field as a picture: the hue tells the likelier class, so that it changes at the decision boundary, and the strength how sure.</summary>
    public string ToDataUri() => Png.DataUri(Side, Side, (x, y) =>
    {
        float p = Values[((Side - 1 - y) * Side) + x];
        if (!float.IsFinite(p))
        {
            return (128, 128, 128, 60);
        }

        byte alpha = (byte)(35 + (110 * Math.Abs((2 * p) - 1)));
        return p < 0.5f ? ((byte)0x3b, (byte)0x7d, (byte)0xd8, alpha) : ((byte)0xe8, (byte)0x82, (byte)0x1e, alpha);
    });
}
