using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for one or several linear scores (Shalev-Shwartz and Zhang, 2013; with L1 as in their Prox-SDCA, 2012).
/// It minimises mean(weight loss) + L2 (|w|^2 / 2 + t |w|_1), t the L1 threshold. A bias is the weight of a feature that is always 1. As such
/// it is regularised; with a learning rate above 0 the point it is drawn to follows it, so that it ends up free (the proximal point method).
/// </summary>
internal abstract class SdcaSolver
{
    private readonly SdcaSettings _settings;
    private readonly float[][] _dualSums;
    private readonly float[][] _weights;
    private readonly float[] _regularizedBias, _freeBias;

    protected SdcaSolver(TrainingRows rows, int scores, SdcaSettings settings)
    {
        (Rows, _settings) = (rows, settings);
        DualScale = 1 / (settings.L2 * rows.Count);
        _weights = NewVectors();
        _dualSums = settings.L1Threshold > 0 ? NewVectors() : _weights;
        _regularizedBias = new float[scores];
        _freeBias = new float[scores];

        float[][] NewVectors() => [.. Enumerable.Range(0, scores).Select(_ => new float[rows.FeatureCount])];
    }

    protected TrainingRows Rows { get; }

    /// <summary>1 / (L2 n): a weight is the sum of dual variable times feature, times this.</summary>
    protected float DualScale { get; }

    /// <summary>The best weights and biases found, score by score.</summary>
    public (float[][] Weights, float[] Biases) Solve(Action checkAlive)
    {
        int[] order = [.. Enumerable.Range(0, Rows.Count)];
        (float[][] Weights, float[] Biases) best = Snapshot();
        double bestPrimal = double.PositiveInfinity;
        for (int iteration = 1; iteration <= _settings.MaximumNumberOfIterations; iteration++)
        {
            checkAlive();
            _settings.Shuffle?.Shuffle(order);
            foreach (int i in order)
                Step(Rows[i], i);
            TensorPrimitives.MultiplyAdd<float>(_regularizedBias, _settings.BiasLearningRate, _freeBias, _freeBias);
            if (iteration % _settings.ConvergenceCheckFrequency != 0 && iteration != _settings.MaximumNumberOfIterations)
                continue;
            (double primal, double gap) = Objective();
            if (primal < bestPrimal)
                (best, bestPrimal) = (Snapshot(), primal);
            if (gap <= _settings.ConvergenceTolerance * primal)
                break;
        }
        return best;
    }

    /// <summary>Changes the dual variables of a row.</summary>
    protected abstract void Step(TrainingRows.Row row, int i);

    /// <summary>The loss of a row, and the part of the dual objective that its dual variables give.</summary>
    protected abstract (double Primal, double Dual) Losses(TrainingRows.Row row, int i);

    protected float Score(int k, TrainingRows.Row row) => row.Dot(_weights[k]) + _regularizedBias[k] + _freeBias[k];

    /// <summary>Adds <paramref name="change"/>, of a dual variable of the row, to the weights of score <paramref name="k"/>.</summary>
    protected void Move(int k, TrainingRows.Row row, float change)
    {
        row.AddTo(_dualSums[k], change * DualScale);
        if (_settings.L1Threshold > 0)
            row.SoftThreshold(_dualSums[k], _settings.L1Threshold, _weights[k]);
        _regularizedBias[k] += change * DualScale;
    }

    private (float[][] Weights, float[] Biases) Snapshot() =>
        ([.. _weights.Select(w => w.ToArray())], [.. _regularizedBias.Zip(_freeBias, (regularized, free) => regularized + free)]);

    /// <summary>The objective and how far above its minimum it can be: the duality gap, and what the bias still pays for the distance to its centre.</summary>
    private (double Primal, double Gap) Objective()
    {
        var sums = new (double Primal, double Dual)[Rows.BlockCount];
        Parallel.For(0, sums.Length, new ParallelOptions { MaxDegreeOfParallelism = _settings.Threads }, block =>
        {
            (int first, int end) = Rows.BlockRange(block);
            for (int i = first; i < end; i++)
            {
                (double loss, double part) = Losses(Rows[i], i);
                sums[block] = (sums[block].Primal + loss, sums[block].Dual + part);
            }
        });
        double halfSquares = _settings.L2 * _weights.Sum(w => (double)TensorPrimitives.SumOfSquares<float>(w)) / 2;
        double l1Penalty = _settings.L2 * (double)_settings.L1Threshold * _weights.Sum(w => (double)TensorPrimitives.SumOfMagnitudes<float>(w));
        double biasPenalty = _settings.L2 * (double)TensorPrimitives.SumOfSquares<float>(_regularizedBias) / 2;
        double centre = _settings.L2 * (double)TensorPrimitives.Dot<float>(_freeBias, _regularizedBias);
        double primal = sums.Sum(sum => sum.Primal) / Rows.Count + halfSquares + l1Penalty + biasPenalty;
        double dual = sums.Sum(sum => sum.Dual) / Rows.Count - halfSquares - biasPenalty - centre;
        return (primal, primal - dual + (_settings.BiasLearningRate > 0 ? 2 * biasPenalty : 0));
    }
}

internal sealed record SdcaSettings(
    float L2, float L1Threshold, float ConvergenceTolerance, int MaximumNumberOfIterations, int ConvergenceCheckFrequency,
    float BiasLearningRate, float PositiveInstanceWeight, Random? Shuffle, int Threads);
