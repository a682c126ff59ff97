namespace EE569.Engine.Layers;

/// <summary>
/// Learnt factors of the columns, y = r x + b: the same ones for all rows or, as k rows of factors, those of each of the k members of an
/// ensemble, y_i = r_i x_i + b_i. Where the input has no rows of members yet, each member gets a copy of all rows (Wen et al., "BatchEnsemble", 2020).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Scale<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates the node.</summary>
    /// <param name="x">What to scale.</param>
    /// <param name="factors">r, one row or one for each member, by the columns of x.</param>
    /// <param name="bias">b, of the same shape; none by default.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or x has another number of members.</exception>
    public Scale(Node<T> x, Parameter<T> factors, Parameter<T>? bias = null)
        : base((x ?? throw new ArgumentNullException(nameof(x))).Width, bias is null ? [x, factors] : [x, factors, bias])
    {
        if (factors.Width != x.Width || (bias is not null && (bias.Rows, bias.Width) != (factors.Rows, factors.Width)))
        {
            throw new ArgumentException(
                $"x has {x.Width} columns, the factors are {factors.Rows} x {factors.Width}"
                + (bias is null ? "." : $", the biases {bias.Rows} x {bias.Width}."), nameof(factors));
        }

        if (factors.Rows != 1 && x.Members != 1 && x.Members != factors.Rows)
        {
            throw new ArgumentException($"x has rows of {x.Members} members, the factors are those of {factors.Rows}.", nameof(factors));
        }
    }

    /// <inheritdoc/>
    public override int Members => Math.Max(Inputs[0].Members, Inputs[1].Rows);

    /// <inheritdoc/>
    protected override int OutputRows => Copies ? Inputs[0].Rows * Inputs[1].Rows : Inputs[0].Rows;

    /// <summary>Whether every row of factors is applied to all rows of x.</summary>
    private bool Copies => Inputs[0].Members == 1 && !HasRowsOfMembers;

    /// <inheritdoc/>
    public override void Forward()
    {
        (Matrix<T> x, Matrix<T> r, int rows) = (Inputs[0].Value, Inputs[1].Value, Rows / Inputs[1].Rows);
        for (int row = 0; row < Rows; row++)
        {
            int member = row / rows;
            ReadOnlySpan<T> from = x.Row(Copies ? row % rows : row);
            if (Inputs.Length == 3)
            {
                TensorPrimitives.MultiplyAdd(from, r.Row(member), Inputs[2].Value.Row(member), Value.Row(row));
            }
            else
            {
                TensorPrimitives.Multiply(from, r.Row(member), Value.Row(row));
            }
        }
    }

    // y_ie = r_i x_e + b_i for member i and example e (x_ie where the members have rows of their own), hence
    // dr_i = sum_e x_e dy_ie, db_i = sum_e dy_ie and dx_e = sum_i r_i dy_ie, or dx_ie = r_i dy_ie.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Matrix<T> r, int rows) = (Inputs[0], Inputs[1].Value, Rows / Inputs[1].Rows);
        Matrix<T> dr = Inputs[1].Gradient;
        Matrix<T>? db = Inputs.Length == 3 ? Inputs[2].Gradient : null;
        bool adds = false;
        Matrix<T>? dx = x.NeedsGradient ? x.OverwriteGradient(out adds) : null;
        for (int row = 0; row < Rows; row++)
        {
            (int source, int member) = (Copies ? row % rows : row, row / rows);
            ReadOnlySpan<T> dy = Gradient.Row(row);
            TensorPrimitives.MultiplyAdd(x.Value.Row(source), dy, dr.Row(member), dr.Row(member));
            if (db is not null)
            {
                TensorPrimitives.Add(db.Row(member), dy, db.Row(member));
            }

            if (dx is null)
            {
                continue;
            }

            Span<T> share = dx.Row(source);
            if (adds || (Copies && member > 0))
            {
                TensorPrimitives.MultiplyAdd(r.Row(member), dy, share, share);
            }
            else
            {
                TensorPrimitives.Multiply(r.Row(member), dy, share);
            }
        }
    }
}
