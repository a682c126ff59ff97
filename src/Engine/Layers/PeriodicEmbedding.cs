namespace EE569.Engine.Layers;

/// <summary>
/// A small network for each numeric column, y_c = W_c cos(2 pi w_c x_c + p_c) + b_c: learnt waves and a linear map of them. With x itself beside
/// it (<see cref="Concatenate{T}"/>) it is the embedding "PBLD" of Holzmüller et al., "Better by default", 2024.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PeriodicEmbedding<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T TwoPi = T.CreateTruncating(2 * Math.PI);

    private T[] _phases = [];
    private T[] _turns = [];
    private T[] _waves = [];

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
        int length = Rows * Columns * Waves;
        if (_turns.Length < length)
        {
            (_turns, _waves) = (new T[length], new T[length]);
        }

        Array.Resize(ref _phases, Columns * Waves);
        TensorPrimitives.Divide(Inputs[2].Value.Values, TwoPi, _phases);
        for (int i = 0; i < Rows * Columns; i++)
        {
            int column = i % Columns;
            TensorPrimitives.MultiplyAdd(Inputs[1].Value.Row(column), Inputs[0].Value.Values[i], Of(column, _phases), Of(i, _turns));
        }

        ElementMap.Apply<Cosine, T>(_turns.AsSpan(0, length), _waves.AsSpan(0, length));
        for (int i = 0; i < Rows * Columns; i++)
        {
            int first = i % Columns * Outputs;
            Span<T> y = Value.Values.Slice(i * Outputs, Outputs);
            for (int o = 0; o < y.Length; o++)
            {
                y[o] = Inputs[4].Value.Values[first + o] + TensorPrimitives.Dot(Inputs[3].Value.Row(first + o), Of(i, _waves));
            }
        }
    }

    // With z = 2 pi w x + p and h = cos z, column by column: y_o = sum_m W_om h_m + b_o, hence dW_om = sum_r dy_o h_m, db_o = sum_r dy_o and
    // dh_m = sum_o W_om dy_o. dz_m = -sin(z_m) dh_m, so dp = sum_r dz, dw = sum_r 2 pi x dz and dx = 2 pi sum_m w_m dz_m.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Node<T> weights) = (Inputs[0], Inputs[3]);
        (Matrix<T> dw, Matrix<T> dp, Matrix<T> dWeights) = (Inputs[1].Gradient, Inputs[2].Gradient, weights.Gradient);
        Span<T> db = Inputs[4].Gradient.Values;
        for (int i = 0; i < Rows * Columns; i++)
        {
            int first = i % Columns * Outputs;
            ReadOnlySpan<T> dy = Gradient.Values.Slice(i * Outputs, Outputs);
            Span<T> h = Of(i, _waves);
            for (int o = 0; o < dy.Length; o++)
            {
                db[first + o] += dy[o];
                Span<T> sum = dWeights.Row(first + o);
                TensorPrimitives.MultiplyAdd(h, dy[o], sum, sum);
            }

            h.Clear(); // From here on dh, then dz.
            for (int o = 0; o < dy.Length; o++)
            {
                TensorPrimitives.MultiplyAdd(weights.Value.Row(first + o), dy[o], h, h);
            }
        }

        int length = Rows * Columns * Waves;
        ElementMap.Apply<CosineGradient, T>(_turns.AsSpan(0, length), _waves.AsSpan(0, length), _waves.AsSpan(0, length));
        for (int i = 0; i < Rows * Columns; i++)
        {
            int column = i % Columns;
            ReadOnlySpan<T> dz = Of(i, _waves);
            TensorPrimitives.MultiplyAdd(dz, TwoPi * x.Value.Values[i], dw.Row(column), dw.Row(column));
            TensorPrimitives.Add(dp.Row(column), dz, dp.Row(column));
            if (x.NeedsGradient)
            {
                x.Gradient.Values[i] += TwoPi * TensorPrimitives.Dot(Inputs[1].Value.Row(column), dz);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => (_phases, _turns, _waves) = ([], [], []);

    private Span<T> Of(int index, T[] all) => all.AsSpan(index * Waves, Waves);

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
