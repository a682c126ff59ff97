using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for one linear score (Shalev-Shwartz and Zhang, 2013; with L1 as in their Prox-SDCA, 2012). It minimises
/// mean(weight loss) + L2 (|w|^2 / 2 + t |w|_1), t the L1 threshold. The bias is the weight of a feature that is always 1. As such it is
/// regularised; with a learning rate above 0 the point it is drawn to follows it, so that it ends up free (the proximal point method).
/// </summary>
internal sealed class SdcaSolver
{
    private readonly TrainingRows _rows;
    private readonly ISupportSdcaLoss _loss;
    private readonly SdcaSettings _settings;
    private readonly Func<int, float> _label;
    private readonly float[] _duals;
    private readonly float[] _invariants;
    private readonly float[] _dualSum;
    private readonly float[] _weights;
    private readonly float _dualScale;
    private float _regularizedBias, _freeBias;

    public SdcaSolver(TrainingRows rows, ISupportSdcaLoss loss, SdcaSettings settings, Func<int, float>? label = null)
    {
        (_rows, _loss, _settings, _label) = (rows, loss, settings, label ?? (i => rows[i].Label));
        _dualScale = 1 / (settings.L2 * rows.Count);
        _duals = new float[rows.Count];
        _invariants = new float[rows.Count];
        for (int i = 0; i < rows.Count; i++)
            _invariants[i] = loss.ComputeDualUpdateInvariant((rows[i].NormSquared + 1) * Importance(i) * _dualScale);
        _weights = new float[rows.FeatureCount];
        _dualSum = settings.L1Threshold > 0 ? new float[rows.FeatureCount] : _weights;
    }

    public (float[] Weights, float Bias) Solve(Action checkAlive)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        (float[] Weights, float Bias) best = ((float[])_weights.Clone(), 0);
        double bestPrimal = double.PositiveInfinity;
        for (int iteration = 1; iteration <= _settings.MaximumNumberOfIterations; iteration++)
        {
            checkAlive();
            _settings.Reorder(order);
            foreach (int i in order)
                Step(i);
            _freeBias += _settings.BiasLearningRate * _regularizedBias;
            if (iteration % _settings.ConvergenceCheckFrequency != 0 && iteration != _settings.MaximumNumberOfIterations)
                continue;
            (double primal, double gap) = Objective();
            if (primal < bestPrimal)
                (best, bestPrimal) = (((float[])_weights.Clone(), Bias), primal);
            if (gap <= _settings.ConvergenceTolerance * primal)
                break;
        }
        return best;
    }

    private float Bias => _regularizedBias + _freeBias;

    private float Importance(int row) => _rows[row].Weight * (_label(row) > 0 ? _settings.PositiveInstanceWeight : 1);

    private void Step(int i)
    {
        TrainingRows.Row row = _rows[i];
        float output = row.Dot(_weights) + Bias;
        float change = _loss.DualUpdate(output, _label(i), _duals[i], _invariants[i], 1);
        _duals[i] += change;
        float step = change * Importance(i) * _dualScale;
        row.AddTo(_dualSum, step);
        if (_settings.L1Threshold > 0)
            row.SoftThreshold(_dualSum, _settings.L1Threshold, _weights);
        _regularizedBias += step;
    }

    /// <summary>The objective and how far above its minimum it can be: the duality gap, and what the bias still pays for the distance to its centre.</summary>
    private (double Primal, double Gap) Objective()
    {
        (double primal, double dual) = _settings.SumOverBlocks(_rows.BlockCount, LossesOf);
        primal /= _rows.Count;
        dual /= _rows.Count;

        double halfSquares = _settings.L2 * (double)TensorPrimitives.SumOfSquares<float>(_weights) / 2;
        double biasPenalty = _settings.L2 * (double)_regularizedBias * _regularizedBias / 2;
        primal += halfSquares + biasPenalty + _settings.L2 * (double)_settings.L1Threshold * TensorPrimitives.SumOfMagnitudes<float>(_weights);
        dual -= halfSquares + biasPenalty + _settings.L2 * (double)_freeBias * _regularizedBias;
        return (primal, primal - dual + (_settings.BiasLearningRate > 0 ? 2 * biasPenalty : 0));
    }

    private (double Primal, double Dual) LossesOf(int block)
    {
        double primal = 0, dual = 0;
        (int first, int end) = _rows.BlockRange(block);
        for (int i = first; i < end; i++)
        {
            float label = _label(i), importance = Importance(i);
            primal += importance * _loss.Loss(_rows[i].Dot(_weights) + Bias, label);
            dual += importance * _loss.DualLoss(label, _duals[i]);
        }
        return (primal, dual);
    }
}
