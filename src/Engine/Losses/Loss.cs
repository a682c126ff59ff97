namespace EE569.Engine.Losses;

/// <summary>
/// The loss of a batch: the weighted mean of the losses of its rows. The weight of a row is its example weight times the weight of its
/// class. A batch whose weights sum to zero has loss 0 and gradient 0.
/// <para>
/// A network may give k rows of scores for an example, as an ensemble of k members does: first the rows of all examples by the first member,
/// then those by the second, and so on. The loss of an example is then the mean of its members' losses, and its prediction the mean of its
/// members' predictions.
/// </para>
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Each loss includes the output function it belongs to (sigmoid, softmax or none), so that the pair is finite for any finite score.</remarks>
public abstract class Loss<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _shares = [];
    private Targets<T>? _memberTargets;
    private Matrix<T>? _memberPredictions;
    private Matrix<T>? _meanPrediction;
    private double[]? _classWeights;

    /// <summary>Creates the node.</summary>
    /// <param name="scores">The network's output before its output function, batch x outputs.</param>
    protected Loss(Node<T> scores)
        : base(1, scores)
    {
    }

    /// <summary>The network's output before its output function.</summary>
    public Node<T> Scores => Inputs[0];

    /// <summary>What the scores of the batch are compared with, one row an example.</summary>
    public Targets<T>? Targets { get; set; }

    /// <summary>What the weighted sum is divided by.</summary>
    public LossNormalization Normalization { get; set; }

    /// <summary>A weight for every class, which multiplies the weights of its rows; null for none.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or their number is wrong.</exception>
    public IReadOnlyList<double>? ClassWeights
    {
        get => _classWeights;
        set
        {
            if (value is not null && (value.Count != ClassCount || value.Any(w => !(w >= 0 && double.IsFinite(w)))))
            {
                throw new ArgumentException($"ClassWeights must hold {ClassCount} finite, non-negative weights, one for each class.", nameof(value));
            }

            _classWeights = value?.ToArray();
        }
    }

    /// <summary>Number of classes, or 0 if the targets are no classes.</summary>
    public abstract int ClassCount { get; }

    /// <summary>The loss of a network that knows nothing and gives every class the same score; null where it depends on the data.</summary>
    public abstract double? UninformedLoss { get; }

    /// <summary>Rows of the batch of which this loss sees a shard; 0, the default, where it sees all. A shard's shares are weights over this number.</summary>
    internal int RowsOfBatch { get; set; }

    /// <summary>What the last batch was divided by: the share of the batch in the mean over many.</summary>
    public double TotalWeight { get; private set; }

    /// <inheritdoc/>
    protected override int OutputRows => 1;

    /// <summary>Applies the output function: scores become probabilities, or stay what they are in regression.</summary>
    /// <param name="scores">Scores, rows x outputs.</param>
    /// <param name="result">Predictions of the same shape; may be the scores themselves.</param>
    public abstract void Predict(Matrix<T> scores, Matrix<T> result);

    /// <summary>Checks that targets suit this loss.</summary>
    /// <param name="targets">The targets of a data set or batch.</param>
    /// <exception cref="ArgumentException">They do not; the message names the first such row.</exception>
    public abstract void Check(Targets<T> targets);

    /// <summary>The sum over the rows of share times loss.</summary>
    /// <param name="targets">The targets of the scores, one row for each row of scores.</param>
    /// <param name="shares">The share of each row in the mean; they sum to 1.</param>
    protected abstract double Sum(Targets<T> targets, ReadOnlySpan<T> shares);

    /// <summary>Adds the derivative of <see cref="Sum"/> by the scores.</summary>
    /// <param name="targets">The targets of the scores, one row for each row of scores.</param>
    /// <param name="shares">The share of each row in the mean, times the upstream gradient.</param>
    /// <param name="gradient">The gradient of the scores.</param>
    protected abstract void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient);

    /// <summary>Adds the examples of the last batch to a running accuracy or coefficient of determination, by their example weights.</summary>
    /// <param name="metric">The running value.</param>
    public void Measure(Metric metric)
    {
        if (MembersFor(Targets!.Rows) == 1)
        {
            Measure(metric, Scores.Value, arePredictions: false);
            return;
        }

        Measure(metric, PredictBatch(), arePredictions: true);
    }

    /// <summary>The predictions of the last batch, one row an example: the mean over the members where there are several.</summary>
    internal Matrix<T> PredictBatch()
    {
        _meanPrediction ??= new Matrix<T>(0, Scores.Width);
        _meanPrediction.SetRows(Targets!.Rows);
        PredictExamples(Scores.Value, ref _memberPredictions, _meanPrediction);
        return _meanPrediction;
    }

    /// <summary>Adds the examples of the last batch to a running value.</summary>
    /// <param name="metric">The running value.</param>
    /// <param name="outputs">One row an example.</param>
    /// <param name="arePredictions">Whether the outputs are predictions; otherwise they are scores.</param>
    protected abstract void Measure(Metric metric, Matrix<T> outputs, bool arePredictions);

    /// <inheritdoc/>
    public sealed override void Forward()
    {
        Targets<T> targets = Targets ?? throw new InvalidOperationException("Set Targets before computing the loss.");
        int members = MembersFor(targets.Rows);
        ComputeShares(targets);
        if (members > 1)
        {
            Repeat(targets, members);
        }

        Value[0, 0] = T.CreateTruncating(Sum(RowTargets, _shares.AsSpan(0, Scores.Rows)));
    }

    /// <inheritdoc/>
    public sealed override void Backward()
    {
        Span<T> scaled = _shares.AsSpan(0, Scores.Rows);
        T upstream = Gradient[0, 0];
        if (upstream != T.One)
        {
            foreach (ref T share in scaled)
            {
                share *= upstream;
            }
        }

        AddGradient(RowTargets, scaled, Scores.Gradient);
    }

    /// <summary>Predicts examples: the output function, then the mean over the members where there are several.</summary>
    /// <param name="scores">Members x examples rows of scores.</param>
    /// <param name="buffer">Room for the predictions of the members; made when first needed.</param>
    /// <param name="result">Receives one row an example.</param>
    internal void PredictExamples(Matrix<T> scores, ref Matrix<T>? buffer, Matrix<T> result)
    {
        int members = MembersOf(scores.Rows, result.Rows);
        if (members == 1)
        {
            Predict(scores, result);
            return;
        }

        buffer ??= new Matrix<T>(0, scores.Columns);
        buffer.SetRows(scores.Rows);
        Predict(scores, buffer);
        Span<T> mean = result.Values;
        buffer.Values[..mean.Length].CopyTo(mean);
        for (int member = 1; member < members; member++)
        {
            TensorPrimitives.Add(mean, buffer.Values.Slice(member * mean.Length, mean.Length), mean);
        }

        TensorPrimitives.Multiply(mean, T.One / T.CreateTruncating(members), mean);
    }

    /// <summary>The targets of the rows of scores.</summary>
    private Targets<T> RowTargets => Targets!.Rows == Scores.Rows ? Targets : _memberTargets!;

    private int MembersFor(int examples) => MembersOf(Scores.Rows, examples);

    private static int MembersOf(int scores, int examples) => examples > 0 && scores >= examples && scores % examples == 0
        ? scores / examples
        : throw new InvalidOperationException($"{scores} rows of scores meet {examples} targets: there must be as many, or the same number for each target.");

    /// <summary>Gives each member of an example the example's target and an equal part of its share.</summary>
    private void Repeat(Targets<T> targets, int members)
    {
        int examples = targets.Rows;
        Array.Resize(ref _shares, Math.Max(_shares.Length, Scores.Rows));
        TensorPrimitives.Divide(_shares.AsSpan(0, examples), T.CreateTruncating(members), _shares.AsSpan(0, examples));
        for (int member = 1; member < members; member++)
        {
            _shares.AsSpan(0, examples).CopyTo(_shares.AsSpan(member * examples));
        }

        if (_memberTargets is null || _memberTargets.Values?.Columns != targets.Values?.Columns)
        {
            _memberTargets = Targets<T>.CreateBuffer(0, targets.Values?.Columns, hasWeights: false);
        }

        _memberTargets.Repeat(targets, members);
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => (_shares, _memberTargets, _memberPredictions, _meanPrediction, Targets) = ([], null, null, null, null);

    private void ComputeShares(Targets<T> targets)
    {
        int rows = targets.Rows;
        if (_shares.Length < rows)
        {
            _shares = new T[rows];
        }

        ReadOnlySpan<T> weights = targets.Weights;
        if (weights.IsEmpty && _classWeights is null)
        {
            TotalWeight = rows;
            _shares.AsSpan(0, rows).Fill(T.CreateTruncating(1.0 / (RowsOfBatch > 0 ? RowsOfBatch : rows)));
            return;
        }

        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            double weight = weights.IsEmpty ? 1 : double.CreateTruncating(weights[i]);
            weight *= _classWeights is null ? 1 : _classWeights[targets.Labels[i]];
            _shares[i] = T.CreateTruncating(weight);
            sum += weight;
        }

        TotalWeight = sum == 0 || Normalization == LossNormalization.WeightedMean ? sum : rows;
        T scale = T.CreateTruncating(TotalWeight == 0 ? 0 : 1 / (RowsOfBatch > 0 ? RowsOfBatch : TotalWeight));
        for (int i = 0; i < rows; i++)
        {
            _shares[i] *= scale;
        }
    }
}
