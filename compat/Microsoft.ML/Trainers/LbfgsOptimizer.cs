using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Minimises loss + L1 |w|_1: by L-BFGS with steps that satisfy the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization,
/// algorithms 3.5, 3.6 and 7.4), and with L1, or weights that must not be negative, by its orthant-wise variant with backtracking (Andrew and
/// Gao, 2007). Biases are free of both. It ends when the mean improvement per row falls below the tolerance, each iteration counting a quarter
/// of the next.
/// </summary>
internal sealed class LbfgsOptimizer(LinearLoss loss, double l1, bool nonNegative, int historySize)
{
    private const double Decay = 0.25;
    private const double SufficientDecrease = 1e-4;
    private const double SufficientFlatness = 0.9;
    private const double Backtracking = 0.25;
    private const double LeastShareOfSlope = 0.3;
    private const int MaximumTrials = 40;

    private readonly int _free = loss.BiasCount;
    private readonly bool _constrained = l1 > 0 || nonNegative;
    private readonly List<(double[] Step, double[] GradientChange, double InverseCurvature)> _history = [];

    public double[] Minimize(double[] start, double tolerance, int maximumIterations, Action checkAlive)
    {
        Point current = Evaluate(start);
        double improvement = 0, weight = 0;
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            checkAlive();
            double[] descent = SteepestDescent(current), direction = Direction(descent);
            double slope = SlopeAlong(direction, current);
            if (_constrained)
            {
                // Components against the descent may stay, as in ML.NET, unless they cost most of it.
                double[] aligned = [.. direction.Select((d, i) => i < _free || d * descent[i] > 0 ? d : 0)];
                double alignedSlope = SlopeAlong(aligned, current);
                if (!(slope < LeastShareOfSlope * alignedSlope))
                    (direction, slope) = (aligned, alignedSlope);
            }
            if (!(slope < 0) || (_constrained ? Backtrack(current, direction, slope) : FindWolfePoint(current, direction, slope)) is not { } next)
                break;
            Remember(current, next);
            (improvement, weight) = (Decay * improvement + (current.Value - next.Value) / loss.RowCount, Decay * weight + 1);
            current = next;
            if (improvement / weight < tolerance)
                break;
        }
        return current.X;
    }

    private Point Evaluate(double[] x)
    {
        double[] gradient = new double[x.Length];
        double value = loss.Evaluate(x, gradient);
        return new(x, gradient, value + (l1 > 0 ? l1 * TensorPrimitives.SumOfMagnitudes<double>(x.AsSpan(_free)) : 0));
    }

    /// <summary>The negative pseudo-gradient: of all directional derivatives at a kink, the steepest way down, or 0.</summary>
    private double[] SteepestDescent(Point point)
    {
        double[] descent = Array.ConvertAll(point.Gradient, derivative => -derivative);
        for (int i = _free; _constrained && i < descent.Length; i++)
        {
            double x = point.X[i];
            descent[i] = x > 0 ? descent[i] - l1
                : x < 0 ? descent[i] + l1
                : descent[i] > l1 ? descent[i] - l1
                : descent[i] < -l1 && !nonNegative ? descent[i] + l1
                : 0;
        }
        return descent;
    }

    /// <summary>The derivative of the objective in a direction; where a weight is 0, of L1 on the side it moves to.</summary>
    private double SlopeAlong(double[] direction, Point point)
    {
        double slope = TensorPrimitives.Dot<double>(direction, point.Gradient);
        for (int i = _free; l1 > 0 && i < direction.Length; i++)
            slope += l1 * (point.X[i] == 0 ? Math.Abs(direction[i]) : Math.Sign(point.X[i]) * direction[i]);
        return slope;
    }

    /// <summary>The two-loop recursion; at first a step of length 1.</summary>
    private double[] Direction(double[] descent)
    {
        double[] direction = [.. descent];
        double[] shares = new double[_history.Count];
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
        for (int i = _free; _constrained && i < direction.Length; i++)
            direction[i] = descent[i] == 0 ? 0 : direction[i];
        return direction;
    }

    /// <summary>Shortens the step until the objective falls by a share of what the slope promises; null if it never does.</summary>
    private Point? Backtrack(Point start, double[] direction, double slope)
    {
        double step = 1;
        for (int trial = 0; trial < MaximumTrials; trial++, step *= Backtracking)
        {
            double[] x = new double[direction.Length];
            TensorPrimitives.MultiplyAdd(direction, step, start.X, x);
            for (int i = _free; i < x.Length; i++)
            {
                // A weight that would change its sign stops at 0.
                if ((l1 > 0 && x[i] * start.X[i] < 0) || (nonNegative && x[i] < 0))
                    x[i] = 0;
            }
            if (Evaluate(x) is var next && next.Value <= start.Value + SufficientDecrease * step * slope)
                return next;
        }
        return null;
    }

    /// <summary>Doubles the step until a good one lies between two trials, then interpolates; null if no step lowers the objective.</summary>
    private Point? FindWolfePoint(Point start, double[] direction, double slope)
    {
        Trial low = new(0, slope, start);
        Trial? high = null;
        double step = 1;
        for (int number = 0; number < MaximumTrials; number++)
        {
            double[] x = new double[direction.Length];
            TensorPrimitives.MultiplyAdd(direction, step, start.X, x);
            Point point = Evaluate(x);
            Trial trial = new(step, TensorPrimitives.Dot<double>(point.Gradient, direction), point);
            if (!(point.Value <= start.Value + SufficientDecrease * step * slope) || (number > 0 && point.Value >= low.Point.Value))
            {
                high = trial;
            }
            else
            {
                if (Math.Abs(trial.Slope) <= -SufficientFlatness * slope)
                    return point;
                high = trial.Slope * ((high?.Step ?? double.PositiveInfinity) - low.Step) >= 0 ? low : high;
                low = trial;
            }
            step = high is null ? 2 * step : CubicMinimum(low, high);
        }
        return low.Step > 0 ? low.Point : null;
    }

    /// <summary>The minimum of the cubic through values and slopes of two trials, or the middle if that is not between them.</summary>
    private static double CubicMinimum(Trial a, Trial b)
    {
        double d = a.Slope + b.Slope - 3 * (a.Point.Value - b.Point.Value) / (a.Step - b.Step);
        double root = Math.CopySign(Math.Sqrt(d * d - a.Slope * b.Slope), b.Step - a.Step);
        double step = b.Step - (b.Step - a.Step) * (b.Slope + root - d) / (b.Slope - a.Slope + 2 * root);
        return step > Math.Min(a.Step, b.Step) && step < Math.Max(a.Step, b.Step) ? step : (a.Step + b.Step) / 2;
    }

    private void Remember(Point from, Point to)
    {
        double[] step = new double[to.X.Length], change = new double[to.X.Length];
        TensorPrimitives.Subtract<double>(to.X, from.X, step);
        TensorPrimitives.Subtract<double>(to.Gradient, from.Gradient, change);
        double curvature = TensorPrimitives.Dot<double>(step, change);
        if (!(curvature > 1e-12 * TensorPrimitives.SumOfSquares<double>(change)))
            return;
        if (_history.Count == historySize)
            _history.RemoveAt(0);
        _history.Add((step, change, 1 / curvature));
    }

    private sealed record Point(double[] X, double[] Gradient, double Value);

    /// <summary>A point on the line that is searched: how far along it, and the slope there.</summary>
    private sealed record Trial(double Step, double Slope, Point Point);
}
