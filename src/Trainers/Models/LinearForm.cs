using System.Numerics;

namespace EE569.Trainers;

/// <summary>A linear model, which starts at 0: the loss is convex, and any start leads to the same minimum. Its recipe comes within 1 % of the minimum of L-BFGS; docs/trainers.md tells how it was found.</summary>
/// <param name="labelSmoothing">ε of the smoothed targets.</param>
internal sealed class LinearForm(double labelSmoothing) : FeedForwardForm(new() { Inputs = 1, LabelSmoothing = labelSmoothing, Initializer = Initializers.Zeros }, prepares: false)
{
    private const int MostEpochs = 500, LeastSteps = 3_000, Examples = 320_000;

    public override int BatchSize(long? rows) => (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((ulong)(rows ?? long.MaxValue) / 1_000), 32, 256);

    public override int NumberOfEpochs(long? rows, int batchSize)
    {
        double steps = Math.Ceiling((rows ?? long.MaxValue) / (double)batchSize);
        return (int)Math.Min(MostEpochs, Math.Ceiling(Math.Max(LeastSteps, Examples / batchSize) / steps));
    }
}
