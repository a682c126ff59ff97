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
    public override void Forward() => Workers.Run(new RowParts(Rows, Width).Count, new ForwardPart(this));

    // y_ie = r_i x_e + b_i for member i and example e (x_ie where the members have rows of their own), hence
    // dr_i = sum_e x_e dy_ie, db_i = sum_e dy_ie and dx_e = sum_i r_i dy_ie, or dx_ie = r_i dy_ie.

    /// <inheritdoc/>
    public override void Backward()
    {
        _ = Gradient;
        _ = Inputs[1].Gradient;
        _ = Inputs.Length == 3 ? Inputs[2].Gradient : null;
        Workers.Run(Inputs[1].Rows, new FactorPart(this));
        if (Inputs[0].NeedsGradient)
        {
            Inputs[0].OverwriteGradient(out bool adds);
            Workers.Run(new RowParts(Inputs[0].Rows, Width).Count, new InputPart(this, adds));
        }
    }

    private void Forward(int row, int rows)
    {
        int member = row / rows;
        ReadOnlySpan<T> from = Inputs[0].Value.Row(Copies ? row % rows : row);
        if (Inputs.Length == 3)
        {
            TensorPrimitives.MultiplyAdd(from, Inputs[1].Value.Row(member), Inputs[2].Value.Row(member), Value.Row(row));
        }
        else
        {
            TensorPrimitives.Multiply(from, Inputs[1].Value.Row(member), Value.Row(row));
        }
    }

    private readonly struct ForwardPart(Scale<T> node) : IPartitionedWork
    {
        public void Execute(int part)
        {
            int rows = node.Rows / node.Inputs[1].Rows;
            (int first, int end) = new RowParts(node.Rows, node.Width)[part];
            for (int row = first; row < end; row++)
            {
                node.Forward(row, rows);
            }
        }
    }

    /// <summary>The gradients of a member's factors and biases.</summary>
    private readonly struct FactorPart(Scale<T> node) : IPartitionedWork
    {
        public void Execute(int member)
        {
            int rows = node.Rows / node.Inputs[1].Rows;
            Span<T> dr = node.Inputs[1].Gradient.Row(member);
            Span<T> db = node.Inputs.Length == 3 ? node.Inputs[2].Gradient.Row(member) : [];
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<T> dy = node.Gradient.Row((member * rows) + row);
                TensorPrimitives.MultiplyAdd(node.Inputs[0].Value.Row(node.Copies ? row : (member * rows) + row), dy, dr, dr);
                if (!db.IsEmpty)
                {
                    TensorPrimitives.Add(db, dy, db);
                }
            }
        }
    }

    /// <summary>The gradient of some rows of x, which is summed member by member.</summary>
    private readonly struct InputPart(Scale<T> node, bool adds) : IPartitionedWork
    {
        public void Execute(int part)
        {
            (Node<T> x, Matrix<T> r, int rows) = (node.Inputs[0], node.Inputs[1].Value, node.Rows / node.Inputs[1].Rows);
            int copies = node.Copies ? r.Rows : 1;
            (int first, int end) = new RowParts(x.Rows, x.Width)[part];
            for (int source = first; source < end; source++)
            {
                Span<T> dx = x.Gradient.Row(source);
                for (int copy = 0; copy < copies; copy++)
                {
                    ReadOnlySpan<T> dy = node.Gradient.Row((copy * rows) + source), factors = r.Row(node.Copies ? copy : source / rows);
                    if (adds || copy > 0)
                    {
                        TensorPrimitives.MultiplyAdd(factors, dy, dx, dx);
                    }
                    else
                    {
                        TensorPrimitives.Multiply(factors, dy, dx);
                    }
                }
            }
        }
    }
}
