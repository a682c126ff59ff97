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
        Transpose(Inputs[0].Value.Values, _x, Columns);
        Span<T> frequencies = Inputs[1].Value.Values;
        Span<T> phases = Inputs[2].Value.Values;
        for (int wave = 0; wave < frequencies.Length; wave++)
        {
            TensorPrimitives.Multiply(Of(wave / Waves, _x), frequencies[wave], Of(wave, _turns));
            TensorPrimitives.Add(Of(wave, _turns), phases[wave] / TwoPi, Of(wave, _turns));
        }

        ElementMap.Apply<Cosine, T>(_turns.AsSpan(0, Rows * frequencies.Length), _waves.AsSpan(0, Rows * frequencies.Length));
        for (int output = 0; output < Width; output++)
        {
            Span<T> y = Of(output, _outputs);
            Span<T> weights = Inputs[3].Value.Row(output);
            y.Fill(Inputs[4].Value.Values[output]);
            for (int m = 0; m < Waves; m++)
            {
                TensorPrimitives.MultiplyAdd(Of(output / Outputs * Waves + m, _waves), weights[m], y, y);
            }
        }

        Transpose(_outputs.AsSpan(0, Rows * Width), Value.Values, Rows);
    }

    // With z = 2 pi w x + p and h = cos z, column by column: y_o = sum_m W_om h_m + b_o, hence dW_om = sum_r dy_o h_m, db_o = sum_r dy_o and
    // dh_m = sum_o W_om dy_o. dz_m = -sin(z_m) dh_m, so dp = sum_r dz, dw = sum_r 2 pi x dz and dx = 2 pi sum_m w_m dz_m.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Matrix<T> weights, Matrix<T> dWeights) = (Inputs[0], Inputs[3].Value, Inputs[3].Gradient);
        Span<T> db = Inputs[4].Gradient.Values;
        Transpose(Gradient.Values, _outputs, Width);
        for (int output = 0; output < Width; output++)
        {
            ReadOnlySpan<T> dy = Of(output, _outputs);
            db[output] += TensorPrimitives.Sum(dy);
            for (int m = 0; m < Waves; m++)
            {
                dWeights[output, m] += TensorPrimitives.Dot(dy, Of(output / Outputs * Waves + m, _waves));
            }
        }

        int length = Rows * Columns * Waves;
        _waves.AsSpan(0, length).Clear(); // From here on dh, then dz.
        for (int output = 0; output < Width; output++)
        {
            for (int m = 0; m < Waves; m++)
            {
                Span<T> dh = Of(output / Outputs * Waves + m, _waves);
                TensorPrimitives.MultiplyAdd(Of(output, _outputs), weights[output, m], dh, dh);
            }
        }

        ElementMap.Apply<CosineGradient, T>(_turns.AsSpan(0, length), _waves.AsSpan(0, length), _waves.AsSpan(0, length));
        Span<T> dw = Inputs[1].Gradient.Values;
        Span<T> dp = Inputs[2].Gradient.Values;
        for (int wave = 0; wave < dw.Length; wave++)
        {
            dw[wave] += TwoPi * TensorPrimitives.Dot(Of(wave / Waves, _x), Of(wave, _waves));
            dp[wave] += TensorPrimitives.Sum(Of(wave, _waves));
        }

        for (int i = 0; x.NeedsGradient && i < Rows * Columns * Waves; i++)
        {
            (int wave, int row) = Math.DivRem(i, Rows);
            x.Gradient[row, wave / Waves] += TwoPi * Inputs[1].Value.Values[wave] * _waves[i];
        }
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

    private static void Transpose(ReadOnlySpan<T> from, Span<T> to, int columns)
    {
        int rows = from.Length / columns;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                to[column * rows + row] = from[row * columns + column];
            }
        }
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
