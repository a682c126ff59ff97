using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The sum over all rows of a loss of linear scores, with its gradient. Parameters: the bias of every score, then their weights.
/// Rows are shared out in a fixed way, so that the sums come out the same for any number of threads.
/// </summary>
internal abstract class LinearLoss(TrainingRows rows, int scores, float l2, int threads)
{
    private const int MaximumParts = 16;

    private readonly Part[] _parts =
        [.. Enumerable.Range(0, Math.Min(MaximumParts, rows.BlockCount)).Select(_ => new Part(scores, rows.FeatureCount))];

    public int BiasCount => scores;

    public int ParameterCount => scores * (rows.FeatureCount + 1);

    public int RowCount => rows.Count;

    /// <summary>The loss of one row; replaces its scores by the derivatives with respect to them.</summary>
    private protected abstract double LossAndDerivatives(Span<float> scores, float label);

    /// <summary>(sum(weight loss) + l2 / 2 |w|^2) / rows; the biases are not penalised.</summary>
    public float Evaluate(float[] parameters, float[] gradient)
    {
        Parallel.For(0, _parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => Evaluate(parameters, part));

        double loss = 0, squares = 0;
        double[] sums = new double[gradient.Length];
        foreach (Part part in _parts)
        {
            loss += part.Loss;
            TensorPrimitives.Add<double>(sums, part.Gradient, sums);
        }
        TensorPrimitives.ConvertTruncating<double, float>(sums, gradient);
        ReadOnlySpan<float> weights = parameters.AsSpan(scores);
        foreach (float weight in weights) // squares in single precision, their sum in double, as observed in ML.NET
            squares += weight * weight;
        TensorPrimitives.MultiplyAdd(weights, l2, gradient.AsSpan(scores), gradient.AsSpan(scores));
        float share = 1f / RowCount;
        TensorPrimitives.Multiply(gradient, share, gradient);
        return ((float)loss + (float)(0.5 * l2 * squares)) * share;
    }

    private void Evaluate(float[] parameters, int number)
    {
        Part part = _parts[number];
        part.Loss = 0;
        Array.Clear(part.Gradient);
        for (int block = number; block < rows.BlockCount; block += _parts.Length)
        {
            Array.Clear(part.BlockGradient);
            (int first, int end) = rows.BlockRange(block);
            for (int i = first; i < end; i++)
                part.Loss += AddRow(rows[i], parameters, part);
            for (int j = 0; j < part.Gradient.Length; j++)
                part.Gradient[j] += part.BlockGradient[j];
        }
    }

    private double AddRow(TrainingRows.Row row, ReadOnlySpan<float> parameters, Part part)
    {
        Span<float> values = part.Scores;
        for (int k = 0; k < scores; k++)
            values[k] = row.Dot(WeightsOf(k, parameters)) + parameters[k];
        double loss = row.Weight * LossAndDerivatives(values, row.Label);
        for (int k = 0; k < scores; k++)
        {
            float derivative = row.Weight * values[k];
            part.BlockGradient[k] += derivative;
            row.AddTo(part.BlockGradient.AsSpan(scores + k * rows.FeatureCount, rows.FeatureCount), derivative);
        }
        return loss;
    }

    private ReadOnlySpan<float> WeightsOf(int k, ReadOnlySpan<float> parameters) => parameters.Slice(scores + k * rows.FeatureCount, rows.FeatureCount);

    /// <summary>The sums over the blocks of one part; a block is summed in single precision, blocks in double.</summary>
    private sealed class Part(int scores, int features)
    {
        public double Loss { get; set; }

        public double[] Gradient { get; } = new double[scores * (features + 1)];

        public float[] BlockGradient { get; } = new float[scores * (features + 1)];

        public float[] Scores { get; } = new float[scores];
    }
}

/// <summary>log(1 + exp(-y s)), y = 1 for a label above 0, else -1: softmax of the scores s/2 and -s/2, rounded as ML.NET does.</summary>
internal sealed class LogisticLoss(TrainingRows rows, float l2, int threads) : LinearLoss(rows, 1, l2, threads)
{
    private protected override double LossAndDerivatives(Span<float> scores, float label)
    {
        float half = scores[0] / 2, size = Math.Abs(half), logSum = (float)(size + Math.Log(1 + Math.Exp(-2 * size)));
        float p = (float)Math.Exp(half - logSum);
        scores[0] = label > 0 ? p - 1 : p;
        return logSum - (label > 0 ? half : -half);
    }
}

/// <summary>-log softmax(s)[label], rounded as ML.NET does.</summary>
internal sealed class SoftmaxLoss(TrainingRows rows, int classes, float l2, int threads) : LinearLoss(rows, classes, l2, threads)
{
    private protected override double LossAndDerivatives(Span<float> scores, float label)
    {
        float max = TensorPrimitives.Max<float>(scores), own = scores[(int)label];
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - max);
        float logSum = (float)(max + Math.Log(sum));
        for (int k = 0; k < scores.Length; k++)
            scores[k] = (float)Math.Exp(scores[k] - logSum);
        scores[(int)label] -= 1;
        return logSum - own;
    }
}
