using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Minimises mean loss + l1 |w|_1: by L-BFGS with steps that satisfy the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization,
/// algorithms 3.5, 3.6 and 7.4), and with L1, or weights that must not be negative, by its orthant-wise variant with backtracking (Andrew and
/// Gao, 2007). Biases are free of both. It ends when the mean improvement falls below the tolerance, each iteration counting a quarter of the
/// next, or when single precision lets no step lower the loss. All is in single precision, and in the order of operations that was observed in
/// ML.NET: only so do runs that stall before the minimum stall where they do there.
/// </summary>
internal sealed class LbfgsOptimizer(LinearLoss loss, float l1, bool nonNegative, int historySize)
{
    private const float Decay = 0.25f;
    private const float SufficientDecrease = 1e-4f;
    private const double SufficientFlatness = 0.9;
    private const double LeastShareOfDistance = 0.01;
    private const float Backtracking = 0.25f;
    private const int MaximumBacktracks = 8;
    private const int MaximumTrials = 40;

    private readonly int _free = loss.BiasCount;
    private readonly float _l1 = l1 / loss.RowCount;
    private readonly bool _constrained = l1 > 0 || nonNegative;
    private readonly List<(float[] Step, float[] GradientChange, float Curvature)> _history = [];

    public float[] Minimize(float[] start, float tolerance, int maximumIterations, Action checkAlive)
    {
        Point current = Evaluate(start);
        float improvement = 0, weight = 0;
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            checkAlive();
            if (Search(current, iteration == 0) is not { } next)
                break;
            bool hasLearnt = Remember(current, next);
            (improvement, weight) = (Decay * improvement + (current.Value - next.Value), Decay * weight + 1);
            current = next;
            if (!hasLearnt || improvement / weight < tolerance)
                break;
        }
        return current.X;
    }

    private Point Evaluate(float[] x)
    {
        float[] gradient = new float[x.Length];
        float value = loss.Evaluate(x, gradient), magnitude = 0;
        for (int i = _free; _l1 > 0 && i < x.Length; i++)
            magnitude += Math.Abs(x[i]);
        return new(x, gradient, value + _l1 * magnitude);
    }

    /// <summary>
    /// A lower point along the direction of L-BFGS, at first a step of length 1; if there is none, along the steepest descent, with a new history.
    /// Null if there is none at all.
    /// </summary>
    private Point? Search(Point current, bool isFirst)
    {
        float[] descent = SteepestDescent(current), direction = Direction(descent);
        float step = isFirst ? 1 / MathF.Sqrt(TensorPrimitives.Dot<float>(direction, direction)) : 1;
        if (FindLower(current, direction, descent, step) is { } next)
            return next;
        _history.Clear();
        return isFirst ? null : FindLower(current, descent, descent, 1);
    }

    private Point? FindLower(Point current, float[] direction, float[] descent, float step) =>
        _constrained ? Backtrack(current, direction, descent, step) : FindWolfePoint(current, direction, step);

    /// <summary>The negative pseudo-gradient: of all directional derivatives at a kink, the steepest way down, or 0.</summary>
    private float[] SteepestDescent(Point point)
    {
        float[] descent = Array.ConvertAll(point.Gradient, derivative => -derivative);
        for (int i = _free; _constrained && i < descent.Length; i++)
        {
            float x = point.X[i];
            descent[i] = x > 0 ? descent[i] - _l1
                : x < 0 ? descent[i] + _l1
                : descent[i] > _l1 ? descent[i] - _l1
                : descent[i] < -_l1 && !nonNegative ? descent[i] + _l1
                : 0;
        }
        return descent;
    }

    /// <summary>The two-loop recursion.</summary>
    private float[] Direction(float[] descent)
    {
        float[] direction = [.. descent];
        if (_history.Count == 0)
            return direction;
        float[] shares = new float[_history.Count];
        for (int h = _history.Count - 1; h >= 0; h--)
        {
            shares[h] = TensorPrimitives.Dot<float>(_history[h].Step, direction) / _history[h].Curvature;
            TensorPrimitives.MultiplyAdd(_history[h].GradientChange, -shares[h], direction, direction);
        }
        float[] last = _history[^1].GradientChange;
        TensorPrimitives.Multiply(direction, _history[^1].Curvature / TensorPrimitives.Dot<float>(last, last), direction);
        for (int h = 0; h < _history.Count; h++)
        {
            float correction = TensorPrimitives.Dot<float>(_history[h].GradientChange, direction) / _history[h].Curvature;
            TensorPrimitives.MultiplyAdd(_history[h].Step, shares[h] - correction, direction, direction);
        }
        for (int i = _free; _constrained && i < direction.Length; i++)
            direction[i] = descent[i] == 0 ? 0 : direction[i];
        return direction;
    }

    /// <summary>Shortens the step until the objective falls by a share of what the steepest descent promises for it; null if it never does.</summary>
    private Point? Backtrack(Point start, float[] direction, float[] descent, float step)
    {
        for (int trial = 0; trial < MaximumBacktracks; trial++, step *= Backtracking)
        {
            (Point next, float promise) = Project(start, direction, descent, step);
            if (trial == 0 && promise < 0)
            {
                // Stopped at 0, the whole step would lead uphill: without the components against the descent, then.
                direction = [.. direction.Select((d, i) => i < _free || d * descent[i] > 0 ? d : 0)];
                (next, promise) = Project(start, direction, descent, step);
            }
            if (next.Value <= start.Value - SufficientDecrease * promise)
                return next;
        }
        return null;
    }

    /// <summary>The point a step away, where a weight that would change its sign stops at 0, and the fall that the steepest descent promises on the way.</summary>
    private (Point Next, float Promise) Project(Point start, float[] direction, float[] descent, float step)
    {
        float[] x = Move(start, direction, step), moved = new float[direction.Length];
        for (int i = _free; i < x.Length; i++)
        {
            if ((_l1 > 0 && x[i] * start.X[i] < 0) || (nonNegative && x[i] < 0))
                x[i] = 0;
        }
        TensorPrimitives.Subtract<float>(x, start.X, moved);
        return (Evaluate(x), TensorPrimitives.Dot<float>(moved, descent));
    }

    private static float[] Move(Point start, float[] direction, float step)
    {
        float[] x = new float[direction.Length];
        TensorPrimitives.MultiplyAdd(direction, step, start.X, x);
        return x;
    }

    /// <summary>Doubles the step until a good one lies between two trials, then interpolates; null if no step is good enough.</summary>
    private Point? FindWolfePoint(Point start, float[] direction, float step)
    {
        float slope = TensorPrimitives.Dot<float>(direction, start.Gradient);
        Trial low = new(0, slope, start);
        Trial? high = null;
        for (int number = 0; number < MaximumTrials && slope < 0; number++)
        {
            Point point = Evaluate(Move(start, direction, step));
            Trial trial = new(step, TensorPrimitives.Dot<float>(point.Gradient, direction), point);
            if (!(point.Value <= start.Value + SufficientDecrease * step * slope) || (number > 0 && point.Value >= low.Point.Value))
            {
                high = trial;
            }
            else
            {
                if (Math.Abs(trial.Slope) <= -SufficientFlatness * slope)
                    return point;
                high = trial.Slope * ((high?.Step ?? float.PositiveInfinity) - low.Step) >= 0 ? low : high;
                low = trial;
            }
            step = high is null ? 2 * step : CubicMinimum(low, high);
        }
        return null;
    }

    /// <summary>The minimum of the cubic through values and slopes of two trials, kept a hundredth of their distance away from both; the middle if there is none.</summary>
    private static float CubicMinimum(Trial a, Trial b)
    {
        float distance = b.Step - a.Step;
        double d = a.Slope + b.Slope + 3.0 * (a.Point.Value - b.Point.Value) / distance;
        double root = Math.CopySign(Math.Sqrt(d * d - a.Slope * b.Slope), distance);
        double step = b.Step - distance * ((b.Slope + root - d) / (b.Slope - a.Slope + 2 * root));
        double margin = LeastShareOfDistance * Math.Abs(distance);
        return (float)(double.IsNaN(step) ? (a.Step + b.Step) / 2 : Math.Clamp(step, Math.Min(a.Step, b.Step) + margin, Math.Max(a.Step, b.Step) - margin));
    }

    /// <summary>False if the gradient has not changed along the step: nothing can be learnt any more.</summary>
    private bool Remember(Point from, Point to)
    {
        float[] step = new float[to.X.Length], change = new float[to.X.Length];
        TensorPrimitives.Subtract<float>(to.X, from.X, step);
        TensorPrimitives.Subtract<float>(to.Gradient, from.Gradient, change);
        float curvature = TensorPrimitives.Dot<float>(step, change);
        if (_history.Count == historySize)
            _history.RemoveAt(0);
        _history.Add((step, change, curvature));
        return curvature != 0;
    }

    private sealed record Point(float[] X, float[] Gradient, float Value);

    /// <summary>A point on the line that is searched: how far along it, and the slope there.</summary>
    private sealed record Trial(float Step, float Slope, Point Point);
}
