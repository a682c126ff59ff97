namespace EE569.Engine.Losses;

/// <summary>
/// A loss plus lambda times the sum of the squares of weights: J = L + lambda sum_W f sum W^2, f being the L2Factor of the parameter's group,
/// 1 for weights and 0 for biases.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class L2Penalty<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _lambda;

    /// <summary>Creates the node.</summary>
    /// <param name="loss">The loss without penalty, a single value.</param>
    /// <param name="lambda">Strength, not negative. No division by 2 or by the number of rows.</param>
    /// <param name="weights">The penalised parameters; those whose factor is 0 are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative or not finite.</exception>
    public L2Penalty(Node<T> loss, double lambda, params ReadOnlySpan<Parameter<T>> weights)
        : base(1, [loss, .. weights.ToArray().Where(parameter => parameter.Group.L2Factor > 0)])
    {
        if (!(lambda >= 0 && double.IsFinite(lambda)))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The strength must be finite and not negative.");
        }

        _lambda = lambda;
    }

    /// <inheritdoc/>
    protected override int OutputRows => 1;

    /// <inheritdoc/>
    public override void Forward()
    {
        double squares = 0;
        foreach (Node<T> weights in Inputs[1..])
        {
            squares += Factor(weights) * WideSum.OfSquares<T>(weights.Value.Values);
        }

        Value[0, 0] = Inputs[0].Value[0, 0] + T.CreateTruncating(_lambda * squares);
    }

    // dJ/dL = 1 and dJ/dW = 2 lambda f W.

    /// <inheritdoc/>
    public override void Backward()
    {
        T upstream = Gradient[0, 0];
        Inputs[0].Gradient[0, 0] += upstream;
        foreach (Node<T> weights in Inputs[1..])
        {
            T factor = upstream * T.CreateTruncating(2 * _lambda * Factor(weights));
            Span<T> dw = weights.OverwriteGradient(out bool accumulate).Values;
            if (accumulate)
            {
                TensorPrimitives.MultiplyAdd(weights.Value.Values, factor, dw, dw);
            }
            else
            {
                TensorPrimitives.Multiply(weights.Value.Values, factor, dw);
            }
        }
    }

    /// <summary>Adds the penalty to a loss that was computed elsewhere, and its gradient to that of the weights.</summary>
    /// <returns>The loss with the penalty.</returns>
    internal double AddTo(double loss)
    {
        Inputs[0].Prepare();
        Inputs[0].Value[0, 0] = T.CreateTruncating(loss);
        Prepare();
        Forward();
        OverwriteGradient(out _)[0, 0] = T.One;
        Backward();
        return double.CreateTruncating(Value[0, 0]);
    }

    private static double Factor(Node<T> weights) => ((Parameter<T>)weights).Group.L2Factor;
}
