using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Minimises f(x) + L1 |x|_1 by the orthant-wise limited-memory quasi-Newton method (Andrew and Gao, 2007); without L1 it is L-BFGS with
/// backtracking. The first coordinates are free of L1; on request the others are kept from becoming negative.
/// </summary>
internal sealed class OrthantwiseLbfgs
{
    private const int ImprovementWindow = 5;
    private const int MaximumBacktracks = 40;

    private readonly Func<double[], double[], double> _lossAndGradient;
    private readonly int _freeCount;
    private readonly double _l1;
    private readonly bool _nonNegative;
    private readonly int _historySize;
    private readonly List<(double[] Step, double[] GradientChange, double InverseCurvature)> _history = [];

    /// <param name="lossAndGradient">f at its first argument; fills its second with the gradient.</param>
    /// <param name="freeCount">How many of the first coordinates have neither L1 nor a sign.</param>
    /// <param name="l1">Weight of the L1 term.</param>
    /// <param name="historySize">How many past steps approximate the curvature.</param>
    /// <param name="nonNegative">Whether the coordinates behind the free ones must not be negative.</param>
    public OrthantwiseLbfgs(Func<double[], double[], double> lossAndGradient, int freeCount, double l1, int historySize, bool nonNegative) =>
        (_lossAndGradient, _freeCount, _l1, _historySize, _nonNegative) = (lossAndGradient, freeCount, l1, historySize, nonNegative);

    /// <summary>Ends when the mean improvement of the last steps, relative to the objective, falls below the tolerance.</summary>
    public double[] Minimize(double[] start, double tolerance, int maximumIterations, Action checkAlive)
    {
        double[] x = start, gradient = new double[x.Length];
        double value = Evaluate(x, gradient);
        Queue<double> recent = new([value]);
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            checkAlive();
            double[] descent = SteepestDescent(x, gradient);
            if (TensorPrimitives.MaxMagnitude<double>(descent) == 0)
                break;
            double[] direction = Direction(descent);
            if (!Search(ref x, ref gradient, ref value, descent, direction) && (_history.Count == 0 || !RestartAndSearch(ref x, ref gradient, ref value, descent)))
                break;
            recent.Enqueue(value);
            if (recent.Count <= ImprovementWindow)
                continue;
            double improvement = (recent.Dequeue() - value) / ImprovementWindow;
            if (improvement < tolerance * Math.Abs(value))
                break;
        }
        return x;
    }

    private double Evaluate(double[] x, double[] gradient) =>
        _lossAndGradient(x, gradient) + (_l1 > 0 ? _l1 * TensorPrimitives.SumOfMagnitudes(x.AsSpan(_freeCount)) : 0);

    /// <summary>The negative pseudo-gradient: of all directional derivatives at a kink, the steepest way down, or 0.</summary>
    private double[] SteepestDescent(double[] x, double[] gradient)
    {
        var descent = new double[x.Length];
        TensorPrimitives.Negate<double>(gradient, descent);
        for (int i = _freeCount; i < x.Length; i++)
        {
            descent[i] = x[i] > 0 ? descent[i] - _l1
                : x[i] < 0 ? descent[i] + _l1
                : descent[i] > _l1 ? descent[i] - _l1
                : descent[i] < -_l1 && !_nonNegative ? descent[i] + _l1
                : 0;
        }
        return descent;
    }

    /// <summary>The two-loop recursion, without the components that point against the descent.</summary>
    private double[] Direction(double[] descent)
    {
        var direction = (double[])descent.Clone();
        var shares = new double[_history.Count];
        for (int h = _history.Count - 1; h >= 0; h--)
        {
            shares[h] = _history[h].InverseCurvature * TensorPrimitives.Dot<double>(_history[h].Step, direction);
            TensorPrimitives.MultiplyAdd(_history[h].GradientChange, -shares[h], direction, direction);
        }
        double scale = _history.Count == 0
            ? 1 / TensorPrimitives.Norm<double>(descent)
            : 1 / (_history[^1].InverseCurvature * TensorPrimitives.SumOfSquares<double>(_history[^1].GradientChange));
        TensorPrimitives.Multiply(direction, scale, direction);
        for (int h = 0; h < _history.Count; h++)
        {
            double correction = _history[h].InverseCurvature * TensorPrimitives.Dot<double>(_history[h].GradientChange, direction);
            TensorPrimitives.MultiplyAdd(_history[h].Step, shares[h] - correction, direction, direction);
        }
        if (_l1 > 0 || _nonNegative)
        {
            for (int i = _freeCount; i < direction.Length; i++)
                direction[i] = direction[i] * descent[i] > 0 ? direction[i] : 0;
        }
        return direction;
    }

    private bool RestartAndSearch(ref double[] x, ref double[] gradient, ref double value, double[] descent)
    {
        _history.Clear();
        return Search(ref x, ref gradient, ref value, descent, Direction(descent));
    }

    /// <summary>Halves the step until the objective falls by a share of what the slope promises; false if it never does.</summary>
    private bool Search(ref double[] x, ref double[] gradient, ref double value, double[] descent, double[] direction)
    {
        const double sufficientShare = 1e-4;
        double slope = TensorPrimitives.Dot<double>(descent, direction);
        if (!(slope > 0))
            return false;
        var next = new double[x.Length];
        var nextGradient = new double[x.Length];
        double step = 1;
        for (int trial = 0; trial < MaximumBacktracks; trial++, step /= 2)
        {
            TensorPrimitives.MultiplyAdd(direction, step, x, next);
            StayInOrthant(x, descent, next);
            double nextValue = Evaluate(next, nextGradient);
            if (nextValue <= value - sufficientShare * step * slope)
            {
                Remember(x, gradient, next, nextGradient);
                (x, gradient, value) = (next, nextGradient, nextValue);
                return true;
            }
        }
        return false;
    }

    /// <summary>A coordinate that would change its sign stops at 0.</summary>
    private void StayInOrthant(double[] x, double[] descent, double[] next)
    {
        if (_l1 == 0 && !_nonNegative)
            return;
        for (int i = _freeCount; i < x.Length; i++)
        {
            double sign = x[i] != 0 ? x[i] : descent[i];
            if (_l1 > 0 && next[i] * sign <= 0 || _nonNegative && next[i] < 0)
                next[i] = 0;
        }
    }

    private void Remember(double[] x, double[] gradient, double[] next, double[] nextGradient)
    {
        var step = new double[x.Length];
        var change = new double[x.Length];
        TensorPrimitives.Subtract<double>(next, x, step);
        TensorPrimitives.Subtract<double>(nextGradient, gradient, change);
        double curvature = TensorPrimitives.Dot<double>(step, change);
        if (!(curvature > 1e-12 * TensorPrimitives.SumOfSquares<double>(change)))
            return;
        if (_history.Count == _historySize)
            _history.RemoveAt(0);
        _history.Add((step, change, 1 / curvature));
    }
}
