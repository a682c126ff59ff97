namespace EE569.Engine.Layers;

/// <summary>
/// A learnt vector for each numeric column that is a broken line of its value, y_c = w_c x_c + b_c + sum_t V_ct h_t(x_c). With the column's
/// edges e_0 &lt; e_1 &lt; …, h_t(x) = clip((x - e_t) / (e_t+1 - e_t), 0, 1), but for values before the first edge and behind the last, where
/// the first and the last piece go on. A column without edges stands in y as it is (Gorishniy et al., 2022; version B of 2024).
/// </summary>
/// <remarks>
/// In the piece of x all pieces before it count whole and those behind it not at all, so a row reads one sum of vectors and one vector for each column,
/// however many pieces there are.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PiecewiseLinearEmbedding<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _edges;
    private readonly int[] _firstPiece;
    private Matrix<T> _sums;
    private int[] _pieces = [];
    private T[] _shares = [];

    /// <summary>Creates the node.</summary>
    /// <param name="x">The columns.</param>
    /// <param name="edges">The ascending edges of the pieces of each column, at least two, or none for a column that stands as it is.</param>
    /// <param name="slopes">w, (columns with edges) x length of a vector.</param>
    /// <param name="bias">b, of the same shape.</param>
    /// <param name="pieces">V, the vectors of all pieces, column after column.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or edges do not ascend; the message names the column.</exception>
    public PiecewiseLinearEmbedding(Node<T> x, IReadOnlyList<IReadOnlyList<double>> edges, Parameter<T> slopes, Parameter<T> bias, Parameter<T> pieces)
        : base(WidthOf(edges, (slopes ?? throw new ArgumentNullException(nameof(slopes))).Width), x, slopes, bias, pieces)
    {
        _edges = [.. edges.Select(column => column.Select(T.CreateTruncating).ToArray())];
        _firstPiece = new int[_edges.Length + 1];
        for (int column = 0; column < _edges.Length; column++)
        {
            T[] own = _edges[column];
            if (own.Length == 1 || own.Any(edge => !T.IsFinite(edge)) || own.Zip(own.Skip(1)).Any(pair => pair.First >= pair.Second))
            {
                throw new ArgumentException($"Column {column}: edges must be finite, ascend and be at least two, or none.", nameof(edges));
            }

            _firstPiece[column + 1] = _firstPiece[column] + Math.Max(0, own.Length - 1);
        }

        int embedded = _edges.Count(column => column.Length > 0);
        if (_edges.Length != x.Width || slopes.Rows != embedded || (bias.Rows, bias.Width) != (embedded, slopes.Width)
            || (pieces.Rows, pieces.Width) != (_firstPiece[^1], slopes.Width))
        {
            throw new ArgumentException(
                $"x has {x.Width} columns, of {_edges.Length} there are edges, of {embedded} with {_firstPiece[^1]} pieces; slopes {slopes.Rows} x {slopes.Width}, "
                + $"bias {bias.Rows} x {bias.Width}, pieces {pieces.Rows} x {pieces.Width}.", nameof(pieces));
        }

        _sums = new Matrix<T>(_firstPiece[^1], slopes.Width);
    }

    private int Length => _sums.Columns;

    /// <inheritdoc/>
    public override void Forward()
    {
        SumUp();
        Matrix<T> x = Inputs[0].Value;
        if (_pieces.Length < Rows * x.Columns)
        {
            (_pieces, _shares) = (new int[Rows * x.Columns], new T[Rows * x.Columns]);
        }

        for (int row = 0, i = 0; row < Rows; row++)
        {
            Span<T> y = Value.Row(row);
            for (int column = 0, embedded = 0; column < _edges.Length; column++, i++)
            {
                T value = x[row, column];
                if (_edges[column].Length == 0)
                {
                    y[0] = value;
                    y = y[1..];
                    continue;
                }

                (int piece, T share) = Locate(column, value);
                (_pieces[i], _shares[i]) = (piece, share);
                Span<T> own = y[..Length];
                TensorPrimitives.MultiplyAdd(Inputs[1].Value.Row(embedded), value, Inputs[2].Value.Row(embedded++), own);
                TensorPrimitives.Add(own, _sums.Row(piece), own);
                TensorPrimitives.MultiplyAdd(Inputs[3].Value.Row(piece), share, own, own);
                y = y[Length..];
            }
        }
    }

    // In the piece t of x, with share s = (x - e_t) / (e_t+1 - e_t): y = w x + b + sum_(u < t) V_u + s V_t, hence dw = sum_r x dy, db = sum_r dy,
    // dV_u = the sum of s dy over the rows in piece u, plus that of dy over the rows in pieces behind it; dx = dy (w + V_t / (e_t+1 - e_t)).

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Node<T> slopes, Node<T> pieces) = (Inputs[0], Inputs[1], Inputs[3]);
        (Matrix<T> dw, Matrix<T> db, Matrix<T> dv) = (slopes.Gradient, Inputs[2].Gradient, pieces.Gradient);
        _sums.Values.Clear(); // Here the sums of dy over the rows in each piece.
        for (int row = 0, i = 0; row < Rows; row++)
        {
            ReadOnlySpan<T> dy = Gradient.Row(row);
            for (int column = 0, embedded = 0; column < _edges.Length; column++, i++)
            {
                if (_edges[column].Length == 0)
                {
                    AddToInput(i, dy[0]);
                    dy = dy[1..];
                    continue;
                }

                int piece = _pieces[i];
                ReadOnlySpan<T> own = dy[..Length];
                TensorPrimitives.MultiplyAdd(own, x.Value[row, column], dw.Row(embedded), dw.Row(embedded));
                TensorPrimitives.Add(db.Row(embedded), own, db.Row(embedded));
                TensorPrimitives.MultiplyAdd(own, _shares[i], dv.Row(piece), dv.Row(piece));
                TensorPrimitives.Add(_sums.Row(piece), own, _sums.Row(piece));
                if (x.NeedsGradient)
                {
                    int edge = piece - _firstPiece[column];
                    T width = _edges[column][edge + 1] - _edges[column][edge];
                    AddToInput(i, TensorPrimitives.Dot(own, slopes.Value.Row(embedded)) + TensorPrimitives.Dot(own, pieces.Value.Row(piece)) / width);
                }

                dy = dy[Length..];
                embedded++;
            }
        }

        for (int column = 0; column < _edges.Length; column++)
        {
            for (int piece = _firstPiece[column + 1] - 2; piece >= _firstPiece[column]; piece--)
            {
                TensorPrimitives.Add(dv.Row(piece), _sums.Row(piece + 1), dv.Row(piece));
                TensorPrimitives.Add(_sums.Row(piece), _sums.Row(piece + 1), _sums.Row(piece));
            }
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => (_sums, _pieces, _shares) = (new Matrix<T>(_sums.Rows, _sums.Columns), [], []);

    private static int WidthOf(IReadOnlyList<IReadOnlyList<double>> edges, int length)
    {
        ArgumentNullException.ThrowIfNull(edges);
        return edges.Sum(column => column.Count == 0 ? 1 : length);
    }

    private void AddToInput(int index, T gradient)
    {
        if (Inputs[0].NeedsGradient)
        {
            Inputs[0].Gradient.Values[index] += gradient;
        }
    }

    /// <summary>The sum of the vectors of all pieces of a column before each.</summary>
    private void SumUp()
    {
        for (int column = 0; column < _edges.Length; column++)
        {
            for (int piece = _firstPiece[column]; piece < _firstPiece[column + 1]; piece++)
            {
                if (piece == _firstPiece[column])
                {
                    _sums.Row(piece).Clear();
                }
                else
                {
                    TensorPrimitives.Add(_sums.Row(piece - 1), Inputs[3].Value.Row(piece - 1), _sums.Row(piece));
                }
            }
        }
    }

    private (int Piece, T Share) Locate(int column, T value)
    {
        ReadOnlySpan<T> edges = _edges[column];
        ReadOnlySpan<T> inner = edges[1..^1];
        int piece = 0; // The number of inner edges not above the value, by bisection without branches.
        for (int left = inner.Length; left > 0; left -= (left + 1) / 2)
        {
            piece += inner[piece + (left - 1) / 2] <= value ? (left + 1) / 2 : 0;
        }

        return (_firstPiece[column] + piece, (value - edges[piece]) / (edges[piece + 1] - edges[piece]));
    }
}
