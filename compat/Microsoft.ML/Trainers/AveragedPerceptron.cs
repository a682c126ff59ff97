using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Weights w = c v, so that decay costs one multiplication. The sum of the weights after every row is S v - u + (earlier sum), where S sums c
/// and u holds what each change of v missed of S; so a row costs as much as it has values.
/// </summary>
internal sealed class AveragedPerceptron
{
    private const double SmallestScale = 1e-6;

    private readonly TrainingRows _rows;
    private readonly AveragedPerceptronTrainer.Options _options;
    private readonly IClassificationLoss _loss;
    private readonly Random _random;
    private readonly float[] _direction;
    private readonly float[] _missed;
    private readonly double[] _earlierSum;
    private double _scale = 1, _scaleSum, _bias, _biasSum;
    private long _rowsSeen, _updates;

    public AveragedPerceptron(TrainingRows rows, AveragedPerceptronTrainer.Options options, Random random)
    {
        (_rows, _options, _random, _loss) = (rows, options, random, options.LossFunction ?? new HingeLoss());
        _direction = new float[rows.FeatureCount];
        for (int j = 0; options.InitialWeightsDiameter > 0 && j < _direction.Length; j++)
            _direction[j] = options.InitialWeightsDiameter * (random.NextSingle() - 0.5f);
        _missed = new float[rows.FeatureCount];
        _earlierSum = new double[rows.FeatureCount];
    }

    public (float[] Weights, float Bias) Train(Action checkAlive)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        for (int iteration = 0; iteration < _options.NumberOfIterations; iteration++)
        {
            checkAlive();
            if (_options.Shuffle)
                _random.Shuffle(order);
            foreach (int i in order)
                Step(_rows[i]);
        }
        if (!_options.Averaged)
            return (Array.ConvertAll(_direction, v => (float)(_scale * v)), (float)_bias);
        Settle();
        return (Array.ConvertAll(_earlierSum, sum => (float)(sum / _rowsSeen)), (float)(_biasSum / _rowsSeen));
    }

    private void Step(TrainingRows.Row row)
    {
        float output = (float)(_scale * row.Dot(_direction) + _bias);
        float derivative = _loss.Derivative(output, row.Label);
        if (derivative != 0)
        {
            double rate = _options.DecreaseLearningRate ? _options.LearningRate / Math.Sqrt(++_updates) : _options.LearningRate;
            _scale *= 1 - 2 * _options.L2Regularization * Math.Min(1, rate);
            double change = -rate * derivative;
            row.AddTo(_direction, (float)(change / _scale));
            row.AddTo(_missed, (float)(change / _scale * _scaleSum));
            _bias += change;
            if (_scale < SmallestScale)
                Settle();
        }
        _scaleSum += _scale;
        _biasSum += _bias;
        _rowsSeen++;
    }

    /// <summary>Closes the account of the sum, and takes the scale into the direction.</summary>
    private void Settle()
    {
        for (int j = 0; j < _direction.Length; j++)
            _earlierSum[j] += _scaleSum * _direction[j] - _missed[j];
        TensorPrimitives.Multiply<float>(_direction, (float)_scale, _direction);
        Array.Clear(_missed);
        (_scale, _scaleSum) = (1, 0);
    }
}
