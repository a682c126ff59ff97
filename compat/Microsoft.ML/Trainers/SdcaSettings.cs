namespace Microsoft.ML.Trainers;

/// <summary>What both SDCA solvers need to know; the tuned values of <see cref="SdcaTrainerBase{TOptions, TTransformer, TModel}"/>.</summary>
internal sealed record SdcaSettings(
    float L2, float L1Threshold, float ConvergenceTolerance, int MaximumNumberOfIterations, int ConvergenceCheckFrequency,
    float BiasLearningRate, float PositiveInstanceWeight, Random? Shuffle, int Threads = -1)
{
    /// <summary>The order of the rows of one iteration.</summary>
    public void Reorder(int[] order) => Shuffle?.Shuffle(order);

    /// <summary>The sum of what <paramref name="ofBlock"/> gives for each block, the same for any number of threads.</summary>
    public (double Primal, double Dual) SumOverBlocks(int blocks, Func<int, (double Primal, double Dual)> ofBlock)
    {
        var sums = new (double Primal, double Dual)[blocks];
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Threads }, block => sums[block] = ofBlock(block));
        return (sums.Sum(sum => sum.Primal), sums.Sum(sum => sum.Dual));
    }
}
