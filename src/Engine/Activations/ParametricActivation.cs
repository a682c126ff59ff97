namespace EE569.Engine.Activations;

/// <summary>An activation that a learnt factor a for each column blends with the identity, y = x + a (f(x) - x) (Holzmüller et al., 2024).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ParametricActivation<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T> _differences;

    /// <summary>Creates the node.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="activated">f(x), of the same shape.</param>
    /// <param name="factors">a, 1 x columns.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public ParametricActivation(Node<T> x, Node<T> activated, Parameter<T> factors)
        : base((x ?? throw new ArgumentNullException(nameof(x))).Width, x, activated, factors)
    {
        if (activated.Width != x.Width || factors.Width != x.Width || factors.Rows != 1)
        {
            throw new ArgumentException($"x has {x.Width} columns, f(x) {activated.Width}, the factors are {factors.Rows} x {factors.Width}.", nameof(factors));
        }

        _differences = new Matrix<T>(0, Width);
    }

    /// <inheritdoc/>
    public override void Forward()
    {
        ReadOnlySpan<T> a = Inputs[2].Value.Values;
        _differences.SetRows(Rows);
        TensorPrimitives.Subtract(Inputs[1].Value.Values, Inputs[0].Value.Values, _differences.Values);
        for (int row = 0; row < Rows; row++)
        {
            TensorPrimitives.MultiplyAdd(_differences.Row(row), a, Inputs[0].Value.Row(row), Value.Row(row));
        }
    }

    // y_rc = (1 - a_c) x_rc + a_c f_rc, hence df = a dy, dx = dy - df, da_c = sum_r (f_rc - x_rc) dy_rc.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Node<T> f) = (Inputs[0], Inputs[1]);
        ReadOnlySpan<T> a = Inputs[2].Value.Values;
        Span<T> da = Inputs[2].Gradient.Values;
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<T> dy = Gradient.Row(row);
            Span<T> part = _differences.Row(row);
            TensorPrimitives.MultiplyAdd(dy, part, da, da);
            if (x.NeedsGradient)
            {
                Span<T> dx = x.Gradient.Row(row);
                Span<T> df = f.Gradient.Row(row);
                TensorPrimitives.Multiply(dy, a, part);
                TensorPrimitives.Add(df, part, df);
                TensorPrimitives.Add(dx, dy, dx);
                TensorPrimitives.Subtract(dx, part, dx);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => _differences = new Matrix<T>(0, Width);
}
