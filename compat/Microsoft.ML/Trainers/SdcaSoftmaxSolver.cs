using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for the softmax loss. The dual variables of a row are a distribution b over the classes, starting at its
/// label; w_k = sum(([label = k] - b_k) x) / (L2 n). A step moves b towards the predicted distribution p, as far as the lower bound of the
/// dual increase says (Shalev-Shwartz and Zhang, Accelerated Proximal SDCA, 2014, option III; the softmax loss is 1-smooth for |b|_1).
/// </summary>
internal sealed class SdcaSoftmaxSolver : SdcaSolver
{
    private const int MaximumOnStack = 1024;

    private readonly int _classes;
    private readonly float[] _duals;
    private readonly float[] _predicted;

    /// <summary>Row labels are class numbers from 0.</summary>
    public SdcaSoftmaxSolver(TrainingRows rows, int classes, SdcaSettings settings) : base(rows, classes, settings)
    {
        _classes = classes;
        _duals = new float[rows.Count * classes];
        _predicted = new float[classes];
        for (int i = 0; i < rows.Count; i++)
            DualsOf(i)[(int)rows[i].Label] = 1;
    }

    protected override void Step(TrainingRows.Row row, int i)
    {
        Span<float> dual = DualsOf(i);
        double logSum = Scores(row, _predicted);
        double divergence = 0, distance = 0, squaredDistance = 0;
        for (int k = 0; k < _classes; k++)
        {
            double logP = _predicted[k] - logSum, p = Math.Exp(logP), difference = p - dual[k];
            divergence += dual[k] > 0 ? dual[k] * (Math.Log(dual[k]) - logP) : 0;
            distance += Math.Abs(difference);
            squaredDistance += difference * difference;
            _predicted[k] = (float)p;
        }
        if (distance == 0)
            return;
        double curvature = (row.NormSquared + 1) * row.Weight * DualScale;
        double smoothness = distance * distance;
        float step = (float)Math.Clamp((divergence + smoothness / 2) / (smoothness + curvature * squaredDistance), 0, 1);
        for (int k = 0; k < _classes; k++)
        {
            float change = step * (_predicted[k] - dual[k]);
            dual[k] += change;
            Move(k, row, -change * row.Weight);
        }
    }

    protected override (double Primal, double Dual) Losses(TrainingRows.Row row, int i)
    {
        Span<float> scores = _classes <= MaximumOnStack ? stackalloc float[_classes] : new float[_classes];
        double primal = Scores(row, scores) - scores[(int)row.Label], dual = 0;
        foreach (float b in DualsOf(i))
            dual -= b > 0 ? b * Math.Log(b) : 0;
        return (row.Weight * primal, row.Weight * dual);
    }

    private Span<float> DualsOf(int i) => _duals.AsSpan(i * _classes, _classes);

    /// <summary>Fills the scores and returns the logarithm of the sum of their exponentials.</summary>
    private double Scores(TrainingRows.Row row, Span<float> scores)
    {
        for (int k = 0; k < _classes; k++)
            scores[k] = Score(k, row);
        float max = TensorPrimitives.Max<float>(scores);
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - max);
        return max + Math.Log(sum);
    }
}
