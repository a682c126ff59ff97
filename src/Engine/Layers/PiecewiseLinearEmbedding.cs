namespace EE569.Engine.Layers;

/// <summary>
/// A learnt vector for each numeric column that is a broken line of its value, y_c = w_c x_c + b_c + sum_t V_ct h_t(x_c). With the column's
/// edges e_0 &lt; e_1 &lt; …, h_t(x) = clip((x - e_t) / (e_t+1 - e_t), 0, 1), but for values before the first edge and behind the last, where
/// the first and the last piece go on. A column without edges stands in y as it is (Gorishniy et al., 2022; version B of 2024).
/// </summary>
/// <remarks>
/// In the piece of x all pieces before it count whole and those behind it not at all, so y is a straight line there, from a vector at the edge before x along
/// another one: a row reads two vectors for each column, however many pieces there are.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PiecewiseLinearEmbedding<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _edges;
    private readonly int[] _firstPiece;
    private readonly (int First, int Embedded)[] _places; // Of each column: where it stands in y, and its row of slopes and biases.
    private readonly T[][] _innerEdges; // Padded with infinities to whole registers.
    private Matrix<T> _starts; // a and c of each piece, as below.
    private Matrix<T> _lines;
    private Matrix<T> _sums; // S and D of each piece.
    private Matrix<T> _shareSums;
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
        (_firstPiece, _places) = (new int[_edges.Length + 1], new (int First, int Embedded)[_edges.Length]);
        (int first, int embedded) = (0, 0);
        for (int column = 0; column < _edges.Length; column++)
        {
            T[] own = _edges[column];
            if (own.Length == 1 || own.Any(edge => !T.IsFinite(edge)) || own.Zip(own.Skip(1)).Any(pair => pair.First >= pair.Second))
            {
                throw new ArgumentException($"Column {column}: edges must be finite, ascend and be at least two, or none.", nameof(edges));
            }

            _firstPiece[column + 1] = _firstPiece[column] + Math.Max(0, own.Length - 1);
            _places[column] = (first, embedded);
            (first, embedded) = own.Length == 0 ? (first + 1, embedded) : (first + slopes.Width, embedded + 1);
        }

        if (_edges.Length != x.Width || slopes.Rows != embedded || (bias.Rows, bias.Width) != (embedded, slopes.Width)
            || (pieces.Rows, pieces.Width) != (_firstPiece[^1], slopes.Width))
        {
            throw new ArgumentException(
                $"x has {x.Width} columns, of {_edges.Length} there are edges, of {embedded} with {_firstPiece[^1]} pieces; slopes {slopes.Rows} x {slopes.Width}, "
                + $"bias {bias.Rows} x {bias.Width}, pieces {pieces.Rows} x {pieces.Width}.", nameof(pieces));
        }

        (_starts, _lines, _sums, _shareSums) = (OfPieces(), OfPieces(), OfPieces(), OfPieces());
        _innerEdges = [.. _edges.Select(own => own.Length < 2 ? [] : (T[])[.. own[1..^1], .. Enumerable.Repeat(T.PositiveInfinity, Padding(own.Length - 2))])];
    }

    private int Length => Inputs[1].Width;

    private RowParts Parts => new(Rows, Width);

    /// <inheritdoc/>
    public override void Forward()
    {
        int places = Rows * Inputs[0].Width;
        if (_pieces.Length < places)
        {
            (_pieces, _shares) = (new int[places], new T[places]);
        }

        FindLines();
        Workers.Run(Parts.Count, new ForwardPart(this));
    }

    // In the piece t of x, with e its edge before x, d its width and s = (x - e) / d:  y = a_t + s c_t, where a_t = w e + b + sum_(u < t) V_u and
    // c_t = V_t + d w. With S_t and D_t the sums of dy and of s dy over the rows in piece t: db = sum_t S_t, dw = sum_r x dy = sum_t (e S_t + d D_t),
    // dV_u = D_u + sum_(t > u) S_t; and dx = dy c_t / d.

    /// <inheritdoc/>
    public override void Backward()
    {
        _ = Gradient;
        _ = Inputs[1].Gradient;
        _ = Inputs[2].Gradient;
        _ = Inputs[3].Gradient;
        _sums.Values.Clear();
        _shareSums.Values.Clear();
        int parts = Math.Min(Workers.Count, _edges.Length);
        Workers.Run(parts, new BackwardPart(this, parts));
        if (Inputs[0].NeedsGradient)
        {
            AddToInput();
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => (_starts, _lines, _sums, _shareSums, _pieces, _shares) = (OfPieces(), OfPieces(), OfPieces(), OfPieces(), [], []);

    private static int WidthOf(IReadOnlyList<IReadOnlyList<double>> edges, int length)
    {
        ArgumentNullException.ThrowIfNull(edges);
        return edges.Sum(column => column.Count == 0 ? 1 : length);
    }

    private Matrix<T> OfPieces() => new(_firstPiece[^1], Length);

    private static int Padding(int length) => (Vector<T>.Count - length % Vector<T>.Count) % Vector<T>.Count;

    /// <summary>a_t and c_t of every piece.</summary>
    private void FindLines()
    {
        for (int column = 0; column < _edges.Length; column++)
        {
            ReadOnlySpan<T> edges = _edges[column];
            for (int i = 0, piece = _firstPiece[column]; i < edges.Length - 1; i++, piece++)
            {
                ReadOnlySpan<T> slope = Inputs[1].Value.Row(_places[column].Embedded);
                TensorPrimitives.MultiplyAdd(slope, edges[i + 1] - edges[i], Inputs[3].Value.Row(piece), _lines.Row(piece));
                if (i == 0)
                {
                    TensorPrimitives.MultiplyAdd(slope, edges[0], Inputs[2].Value.Row(_places[column].Embedded), _starts.Row(piece));
                }
                else
                {
                    TensorPrimitives.Add(_starts.Row(piece - 1), _lines.Row(piece - 1), _starts.Row(piece));
                }
            }
        }
    }

    private (int Piece, T Share) Locate(int column, T value)
    {
        ReadOnlySpan<T> inner = _innerEdges[column], edges = _edges[column];
        Vector<T> count = Vector<T>.Zero; // Of the inner edges that are not above the value.
        for (int i = 0; i < inner.Length; i += Vector<T>.Count)
        {
            count += Vector.ConditionalSelect(Vector.LessThanOrEqual(new Vector<T>(inner[i..]), Vector.Create(value)), Vector<T>.One, Vector<T>.Zero);
        }

        int piece = int.CreateTruncating(Vector.Sum(count));
        return (_firstPiece[column] + piece, (value - edges[piece]) / (edges[piece + 1] - edges[piece]));
    }

    private void AddToInput()
    {
        Node<T> x = Inputs[0];
        for (int row = 0, i = 0; row < Rows; row++)
        {
            for (int column = 0; column < _edges.Length; column++, i++)
            {
                (T[] edges, int first) = (_edges[column], _places[column].First);
                if (edges.Length == 0)
                {
                    x.Gradient[row, column] += Gradient[row, first];
                    continue;
                }

                int edge = _pieces[i] - _firstPiece[column];
                T slope = TensorPrimitives.Dot<T>(Gradient.Row(row).Slice(first, Length), _lines.Row(_pieces[i])) / (edges[edge + 1] - edges[edge]);
                x.Gradient[row, column] += slope;
            }
        }
    }

    /// <summary>The values of some rows.</summary>
    private readonly struct ForwardPart(PiecewiseLinearEmbedding<T> node) : IPartitionedWork
    {
        public void Execute(int part)
        {
            (int begin, int end) = node.Parts[part];
            for (int row = begin; row < end; row++)
            {
                ReadOnlySpan<T> x = node.Inputs[0].Value.Row(row);
                Span<T> y = node.Value.Row(row);
                for (int column = 0, place = row * x.Length; column < x.Length; column++, place++)
                {
                    int first = node._places[column].First;
                    if (node._edges[column].Length == 0)
                    {
                        y[first] = x[column];
                        continue;
                    }

                    (int piece, T share) = node.Locate(column, x[column]);
                    (node._pieces[place], node._shares[place]) = (piece, share);
                    Along(node._starts.Row(piece), node._lines.Row(piece), share, y.Slice(first, node.Length));
                }
            }
        }

        /// <summary>y = a + s c.</summary>
        private static void Along(ReadOnlySpan<T> start, ReadOnlySpan<T> line, T share, Span<T> y)
        {
            int i = 0;
            for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                (new Vector<T>(line[i..]) * share + new Vector<T>(start[i..])).CopyTo(y[i..]);
            }

            for (; i < y.Length; i++)
            {
                y[i] = line[i] * share + start[i];
            }
        }
    }

    /// <summary>The gradients of the parameters of some columns, summed in the order of the rows.</summary>
    private readonly struct BackwardPart(PiecewiseLinearEmbedding<T> node, int parts) : IPartitionedWork
    {
        public void Execute(int part)
        {
            int begin = (int)((long)part * node._edges.Length / parts), end = (int)((part + 1L) * node._edges.Length / parts);
            for (int row = 0; row < node.Rows; row++)
            {
                ReadOnlySpan<T> dy = node.Gradient.Row(row);
                for (int column = begin, place = (row * node._edges.Length) + begin; column < end; column++, place++)
                {
                    if (node._edges[column].Length > 0)
                    {
                        Add(dy.Slice(node._places[column].First, node.Length), node._shares[place], node._sums.Row(node._pieces[place]), node._shareSums.Row(node._pieces[place]));
                    }
                }
            }

            for (int column = begin; column < end; column++)
            {
                Finish(column);
            }
        }

        /// <summary>S += dy, D += s dy.</summary>
        private static void Add(ReadOnlySpan<T> dy, T share, Span<T> sum, Span<T> shares)
        {
            int i = 0;
            for (; i <= dy.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var step = new Vector<T>(dy[i..]);
                (new Vector<T>(sum[i..]) + step).CopyTo(sum[i..]);
                (step * share + new Vector<T>(shares[i..])).CopyTo(shares[i..]);
            }

            for (; i < dy.Length; i++)
            {
                sum[i] += dy[i];
                shares[i] += dy[i] * share;
            }
        }

        private void Finish(int column)
        {
            ReadOnlySpan<T> edges = node._edges[column];
            int embedded = node._places[column].Embedded, first = node._firstPiece[column];
            if (edges.IsEmpty)
            {
                return;
            }

            Span<T> dw = node.Inputs[1].Gradient.Row(embedded), db = node.Inputs[2].Gradient.Row(embedded);
            for (int edge = edges.Length - 2; edge >= 0; edge--)
            {
                Span<T> dv = node.Inputs[3].Gradient.Row(first + edge), sum = node._sums.Row(first + edge), shares = node._shareSums.Row(first + edge);
                TensorPrimitives.MultiplyAdd(sum, edges[edge], dw, dw);
                TensorPrimitives.MultiplyAdd(shares, edges[edge + 1] - edges[edge], dw, dw);
                TensorPrimitives.Add(dv, shares, dv);
                if (edge < edges.Length - 2)
                {
                    ReadOnlySpan<T> behind = node._sums.Row(first + edge + 1);
                    TensorPrimitives.Add(dv, behind, dv);
                    TensorPrimitives.Add(sum, behind, sum); // From here on the sum over this piece and those behind it.
                }
            }

            TensorPrimitives.Add(db, node._sums.Row(first), db);
        }
    }
}
