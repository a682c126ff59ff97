namespace EE569.Engine.Layers;

/// <summary>
/// Drops each value with the given probability while training and divides the others by the probability to stay, so that the mean is
/// unchanged; passes everything on when predicting (Srivastava et al., 2014, in the "inverted" form).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Dropout<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private Matrix<T> _mask;

    /// <summary>Creates the node.</summary>
    /// <param name="x">What to drop from.</param>
    /// <param name="rate">Probability to drop a value, in [0, 1).</param>
    /// <param name="seed">Seed of the masks; give every layer its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Dropout(Node<T> x, double rate, ulong seed)
        : base((x ?? throw new ArgumentNullException(nameof(x))).Width, x)
    {
        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Dropout must be in [0, 1).");
        }

        (Rate, _seed) = (rate, seed);
        _mask = new Matrix<T>(0, Width);
    }

    /// <summary>Probability to drop a value.</summary>
    public double Rate { get; }

    /// <summary>What training multiplies <see cref="Rate"/> by, in [0, 1]. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is outside [0, 1].</exception>
    public double RateFactor
    {
        get;
        set => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "RateFactor must be in [0, 1].");
    } = 1;

    /// <summary>Number of masks drawn so far. A mask is a pure function of seed and step, so a resumed training draws the same ones.</summary>
    public long Step { get; set; }

    /// <summary>Which examples of a batch the rows are: the first one's place, their number, and that of the batch. The mask is the batch's there. Default all.</summary>
    internal (int First, int Count, int OfBatch) Shard { get; set; }

    /// <inheritdoc/>
    public override void Forward()
    {
        if (!IsTraining || CurrentRate == 0)
        {
            Inputs[0].Value.Values.CopyTo(Value.Values);
            return;
        }

        DrawMask();
        TensorPrimitives.Multiply(Inputs[0].Value.Values, _mask.Values, Value.Values);
    }

    // y = m x with m constant within a step, hence dx = m dy.

    /// <inheritdoc/>
    public override void Backward()
    {
        if (!Inputs[0].NeedsGradient)
        {
            return;
        }

        Span<T> dx = Inputs[0].OverwriteGradient(out bool accumulate).Values;
        ReadOnlySpan<T> dy = Gradient.Values;
        if (IsTraining && CurrentRate > 0)
        {
            if (accumulate)
            {
                TensorPrimitives.MultiplyAdd(dy, _mask.Values, dx, dx);
            }
            else
            {
                TensorPrimitives.Multiply(dy, _mask.Values, dx);
            }
        }
        else if (accumulate)
        {
            TensorPrimitives.Add(dx, dy, dx);
        }
        else
        {
            dy.CopyTo(dx);
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => _mask = new Matrix<T>(0, Width);

    private double CurrentRate => Rate * RateFactor;

    private void DrawMask()
    {
        _mask.SetRows(Rows);
        var random = SplitMix64.Derive(_seed, (ulong)Step++);
        (int first, int count, int ofBatch) = Shard.Count > 0 ? Shard : (0, Rows, Rows);

        // The rows of each member of an ensemble are a run of their own in the batch's mask, whose draws are those of its places.
        for (int member = 0; member * count < Rows; member++)
        {
            SplitMix64 own = random;
            own.Skip(((long)member * ofBatch + first) * Width);
            own.FillOrDrop(_mask.Values.Slice(member * count * Width, count * Width), CurrentRate, T.CreateTruncating(1 / (1 - CurrentRate)));
        }
    }
}
