namespace EE569.Engine.Layers;

/// <summary>
/// A small network for each numeric column, y_c = W_c cos(2 pi w_c x_c + p_c) + b_c: learnt waves and a linear map of them. With x itself beside
/// it (<see cref="Concatenate{T}"/>) it is the embedding "PBLD" of Holzmüller et al., "Better by default", 2024.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PeriodicEmbedding<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T TwoPi = T.CreateTruncating(2 * Math.PI);

    // Here the rows of a column, wave or output stand side by side.
    private T[] _x = [];
    private T[] _turns = [];
    private T[] _waves = [];
    private T[] _outputs = [];

    /// <summary>Creates the node.</summary>
    /// <param name="x">The columns.</param>
    /// <param name="frequencies">w, columns x waves, in turns for each unit of x.</param>
    /// <param name="phases">p, columns x waves, in radians.</param>
    /// <param name="weights">W_1, W_2 … below each other, (columns outputs) x waves.</param>
    /// <param name="bias">b, columns x outputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public PeriodicEmbedding(Node<T> x, Parameter<T> frequencies, Parameter<T> phases, Parameter<T> weights, Parameter<T> bias)
        : base((x ?? throw new ArgumentNullException(nameof(x))).Width * (bias ?? throw new ArgumentNullException(nameof(bias))).Width,
            x, frequencies, phases, weights, bias)
    {
        int waves = frequencies.Width;
        if (frequencies.Rows != x.Width || (phases.Rows, phases.Width) != (x.Width, waves)
            || (weights.Rows, weights.Width) != (Width, waves) || bias.Rows != x.Width)
        {
            throw new ArgumentException(
                $"x has {x.Width} columns; frequencies {frequencies.Rows} x {waves} and phases {phases.Rows} x {phases.Width} must be (columns x waves), "
                + $"weights {weights.Rows} x {weights.Width} (columns outputs x waves), bias {bias.Rows} x {bias.Width} (columns x outputs).", nameof(weights));
        }
    }

    private int Columns => Inputs[0].Width;

    private int Waves => Inputs[1].Width;

    private int Outputs => Inputs[4].Width;

    /// <inheritdoc/>
    public override void Forward()
    {
        Resize();
        Workers.Run(Columns, new ForwardPart(this));
    }

    // With z = 2 pi w x + p and h = cos z, column by column: y_o = sum_m W_om h_m + b_o, hence dW_om = sum_r dy_o h_m, db_o = sum_r dy_o and
    // dh_m = sum_o W_om dy_o. dz_m = -sin(z_m) dh_m, so dp = sum_r dz, dw = sum_r 2 pi x dz and dx = 2 pi sum_m w_m dz_m.

    /// <inheritdoc/>
    public override void Backward()
    {
        _ = Gradient;
        foreach (Node<T> input in Inputs)
        {
            _ = input.NeedsGradient ? input.Gradient : null;
        }

        Workers.Run(Columns, new BackwardPart(this));
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => (_x, _turns, _waves, _outputs) = ([], [], [], []);

    /// <summary>The values of all rows of a column, wave or output.</summary>
    private Span<T> Of(int index, T[] all) => all.AsSpan(index * Rows, Rows);

    private void Resize()
    {
        if (_x.Length < Rows * Columns)
        {
            (_x, _outputs) = (new T[Rows * Columns], new T[Rows * Width]);
            (_turns, _waves) = (new T[Rows * Columns * Waves], new T[Rows * Columns * Waves]);
        }
    }

    private void Forward(int column)
    {
        Copy(Inputs[0].Value, column, Of(column, _x));
        int firstWave = column * Waves;
        for (int wave = firstWave; wave < firstWave + Waves; wave++)
        {
            Span<T> turns = Of(wave, _turns);
            TensorPrimitives.Multiply(Of(column, _x), Inputs[1].Value.Values[wave], turns);
            TensorPrimitives.Add(turns, Inputs[2].Value.Values[wave] / TwoPi, turns);
            ElementMap.Apply<Cosine, T>(turns, Of(wave, _waves));
        }

        for (int output = column * Outputs; output < (column + 1) * Outputs; output++)
        {
            Span<T> y = Of(output, _outputs);
            Span<T> weights = Inputs[3].Value.Row(output);
            y.Fill(Inputs[4].Value.Values[output]);
            for (int m = 0; m < Waves; m++)
            {
                TensorPrimitives.MultiplyAdd(Of(firstWave + m, _waves), weights[m], y, y);
            }

            for (int row = 0; row < Rows; row++)
            {
                Value[row, output] = y[row];
            }
        }
    }

    private void Backward(int column)
    {
        (Node<T> x, Matrix<T> weights, Matrix<T> dWeights, int firstWave) = (Inputs[0], Inputs[3].Value, Inputs[3].Gradient, column * Waves);
        (int first, int end) = (column * Outputs, (column + 1) * Outputs);
        for (int output = first; output < end; output++)
        {
            Span<T> dy = Of(output, _outputs);
            Copy(Gradient, output, dy);
            Inputs[4].Gradient.Values[output] += TensorPrimitives.Sum<T>(dy);
            for (int m = 0; m < Waves; m++)
            {
                dWeights[output, m] += TensorPrimitives.Dot<T>(dy, Of(firstWave + m, _waves));
            }
        }

        for (int m = 0; m < Waves; m++)
        {
            int wave = firstWave + m;
            Span<T> dh = Of(wave, _waves); // Then dz.
            dh.Clear();
            for (int output = first; output < end; output++)
            {
                TensorPrimitives.MultiplyAdd(Of(output, _outputs), weights[output, m], dh, dh);
            }

            ElementMap.Apply<CosineGradient, T>(Of(wave, _turns), dh, dh);
            Inputs[1].Gradient.Values[wave] += TwoPi * TensorPrimitives.Dot<T>(Of(column, _x), dh);
            Inputs[2].Gradient.Values[wave] += TensorPrimitives.Sum<T>(dh);
            for (int row = 0; x.NeedsGradient && row < Rows; row++)
            {
                x.Gradient[row, column] += TwoPi * Inputs[1].Value.Values[wave] * dh[row];
            }
        }
    }

    private static void Copy(Matrix<T> from, int column, Span<T> to)
    {
        for (int row = 0; row < to.Length; row++)
        {
            to[row] = from[row, column];
        }
    }

    private readonly struct ForwardPart(PeriodicEmbedding<T> node) : IPartitionedWork
    {
        public void Execute(int column) => node.Forward(column);
    }

    private readonly struct BackwardPart(PeriodicEmbedding<T> node) : IPartitionedWork
    {
        public void Execute(int column) => node.Backward(column);
    }

    private readonly struct Cosine : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> u, Vector<double> ignored) => Turns.Cos<T>(u);
    }

    private readonly struct CosineGradient : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> u, Vector<double> dh) => -Turns.Sin<T>(u) * dh;
    }
}
