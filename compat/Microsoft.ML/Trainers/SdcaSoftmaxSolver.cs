using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for the softmax loss. The dual variables of a row are a distribution b over the classes, starting at its
/// label; w_k = sum(([label = k] - b_k) x) / (L2 n). A step moves b towards the predicted distribution p, as far as the lower bound of the
/// dual increase says (Shalev-Shwartz and Zhang, Accelerated Proximal SDCA, 2014, option III; the softmax loss is 1-smooth for |b|_1).
/// Objective, L1 and bias are those of <see cref="SdcaSolver"/>.
/// </summary>
internal sealed class SdcaSoftmaxSolver
{
    private readonly TrainingRows _rows;
    private readonly SdcaSettings _settings;
    private readonly int _classes;
    private readonly float[] _duals;
    private readonly float[][] _dualSums;
    private readonly float[][] _weights;
    private readonly float[] _regularizedBias, _freeBias;
    private readonly float _dualScale;

    /// <summary>Row labels are class numbers from 0.</summary>
    public SdcaSoftmaxSolver(TrainingRows rows, int classes, SdcaSettings settings)
    {
        (_rows, _classes, _settings) = (rows, classes, settings);
        _dualScale = 1 / (settings.L2 * rows.Count);
        _duals = new float[rows.Count * classes];
        for (int i = 0; i < rows.Count; i++)
            _duals[i * classes + (int)rows[i].Label] = 1;
        _weights = NewVectors();
        _dualSums = settings.L1Threshold > 0 ? NewVectors() : _weights;
        _regularizedBias = new float[classes];
        _freeBias = new float[classes];
    }

    public (float[][] Weights, float[] Biases) Solve(Action checkAlive)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        var predicted = new float[_classes];
        (float[][] Weights, float[] Biases) best = (NewVectors(), new float[_classes]);
        double bestPrimal = double.PositiveInfinity;
        for (int iteration = 1; iteration <= _settings.MaximumNumberOfIterations; iteration++)
        {
            checkAlive();
            _settings.Reorder(order);
            foreach (int i in order)
                Step(i, predicted);
            TensorPrimitives.MultiplyAdd<float>(_regularizedBias, _settings.BiasLearningRate, _freeBias, _freeBias);
            if (iteration % _settings.ConvergenceCheckFrequency != 0 && iteration != _settings.MaximumNumberOfIterations)
                continue;
            (double primal, double gap) = Objective();
            if (primal < bestPrimal)
                (best, bestPrimal) = ((Array.ConvertAll(_weights, w => (float[])w.Clone()), Biases()), primal);
            if (gap <= _settings.ConvergenceTolerance * primal)
                break;
        }
        return best;
    }

    private float[][] NewVectors()
    {
        var vectors = new float[_classes][];
        for (int k = 0; k < _classes; k++)
            vectors[k] = new float[_rows.FeatureCount];
        return vectors;
    }

    private float[] Biases()
    {
        var biases = new float[_classes];
        TensorPrimitives.Add<float>(_regularizedBias, _freeBias, biases);
        return biases;
    }

    private void Scores(TrainingRows.Row row, Span<float> scores)
    {
        for (int k = 0; k < _classes; k++)
            scores[k] = row.Dot(_weights[k]) + _regularizedBias[k] + _freeBias[k];
    }

    private void Step(int i, Span<float> predicted)
    {
        TrainingRows.Row row = _rows[i];
        Span<float> dual = _duals.AsSpan(i * _classes, _classes);
        Scores(row, predicted);
        double logSum = LogSumExp(predicted);
        double divergence = 0, distance = 0, squaredDistance = 0;
        for (int k = 0; k < _classes; k++)
        {
            double logP = predicted[k] - logSum, p = Math.Exp(logP), difference = p - dual[k];
            divergence += dual[k] > 0 ? dual[k] * (Math.Log(dual[k]) - logP) : 0;
            distance += Math.Abs(difference);
            squaredDistance += difference * difference;
            predicted[k] = (float)p;
        }
        if (distance == 0)
            return;
        double curvature = (row.NormSquared + 1) * row.Weight * _dualScale;
        double smoothness = distance * distance;
        float step = (float)Math.Clamp((divergence + smoothness / 2) / (smoothness + curvature * squaredDistance), 0, 1);
        for (int k = 0; k < _classes; k++)
        {
            float change = step * (predicted[k] - dual[k]);
            dual[k] += change;
            Move(k, row, -change * row.Weight * _dualScale);
        }
    }

    private void Move(int k, TrainingRows.Row row, float step)
    {
        row.AddTo(_dualSums[k], step);
        if (_settings.L1Threshold > 0)
            row.SoftThreshold(_dualSums[k], _settings.L1Threshold, _weights[k]);
        _regularizedBias[k] += step;
    }

    private (double Primal, double Gap) Objective()
    {
        (double primal, double dual) = _settings.SumOverBlocks(_rows.BlockCount, LossesOf);
        primal /= _rows.Count;
        dual /= _rows.Count;

        double halfSquares = _settings.L2 * _weights.Sum(w => (double)TensorPrimitives.SumOfSquares<float>(w)) / 2;
        double biasPenalty = _settings.L2 * (double)TensorPrimitives.SumOfSquares<float>(_regularizedBias) / 2;
        double l1Penalty = _settings.L2 * (double)_settings.L1Threshold * _weights.Sum(w => (double)TensorPrimitives.SumOfMagnitudes<float>(w));
        primal += halfSquares + biasPenalty + l1Penalty;
        dual -= halfSquares + biasPenalty + _settings.L2 * (double)TensorPrimitives.Dot<float>(_freeBias, _regularizedBias);
        return (primal, primal - dual + (_settings.BiasLearningRate > 0 ? 2 * biasPenalty : 0));
    }

    private (double Primal, double Dual) LossesOf(int block)
    {
        double primal = 0, dual = 0;
        var scores = new float[_classes];
        (int first, int end) = _rows.BlockRange(block);
        for (int i = first; i < end; i++)
        {
            TrainingRows.Row row = _rows[i];
            Scores(row, scores);
            primal += row.Weight * (LogSumExp(scores) - scores[(int)row.Label]);
            foreach (float b in _duals.AsSpan(i * _classes, _classes))
                dual -= row.Weight * (b > 0 ? b * Math.Log(b) : 0);
        }
        return (primal, dual);
    }

    private static double LogSumExp(ReadOnlySpan<float> scores)
    {
        float max = TensorPrimitives.Max(scores);
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - max);
        return max + Math.Log(sum);
    }
}
