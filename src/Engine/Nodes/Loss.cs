using System.Numerics;
using EE569.Engine.Data;

namespace EE569.Engine.Nodes;

/// <summary>
/// The loss of a batch: the weighted mean of the losses of its rows. The weight of a row is its example weight times the weight of its
/// class. A batch whose weights sum to zero has loss 0 and gradient 0.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Each loss includes the output function it belongs to (sigmoid, softmax or none), so that the pair is finite for any finite score.</remarks>
public abstract class Loss<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] shares = [];
    private double[]? classWeights;

    /// <summary>Creates the node.</summary>
    /// <param name="scores">The network's output before its output function, batch x outputs.</param>
    protected Loss(Node<T> scores)
        : base(1, scores)
    {
    }

    /// <summary>The network's output before its output function.</summary>
    public Node<T> Scores => Inputs[0];

    /// <summary>What the scores of the batch are compared with.</summary>
    public Targets<T>? Targets { get; set; }

    /// <summary>What the weighted sum is divided by.</summary>
    public LossNormalization Normalization { get; set; }

    /// <summary>A weight for every class, which multiplies the weights of its rows; null for none.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or their number is wrong.</exception>
    public IReadOnlyList<double>? ClassWeights
    {
        get => classWeights;
        set
        {
            if (value is not null && (value.Count != ClassCount || value.Any(w => !(w >= 0 && double.IsFinite(w)))))
            {
                throw new ArgumentException($"ClassWeights must hold {ClassCount} finite, non-negative weights, one for each class.", nameof(value));
            }

            classWeights = value?.ToArray();
        }
    }

    /// <summary>Number of classes, or 0 if the targets are no classes.</summary>
    public abstract int ClassCount { get; }

    /// <summary>The loss of a network that knows nothing and gives every class the same score; null where it depends on the data.</summary>
    public abstract double? UninformedLoss { get; }

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
    /// <param name="targets">The targets of the batch.</param>
    /// <param name="shares">The share of each row in the mean; they sum to 1.</param>
    protected abstract double Sum(Targets<T> targets, ReadOnlySpan<T> shares);

    /// <summary>Adds the derivative of <see cref="Sum"/> by the scores.</summary>
    /// <param name="targets">The targets of the batch.</param>
    /// <param name="shares">The share of each row in the mean, times the upstream gradient.</param>
    /// <param name="gradient">The gradient of the scores.</param>
    protected abstract void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient);

    /// <summary>Adds the rows of the last batch to a running accuracy or coefficient of determination, by their example weights.</summary>
    /// <param name="metric">The running value.</param>
    public abstract void Measure(Metric metric);

    /// <inheritdoc/>
    public sealed override void Forward()
    {
        Targets<T> targets = Targets ?? throw new InvalidOperationException("Set Targets before computing the loss.");
        if (targets.Rows != Scores.Rows)
        {
            throw new InvalidOperationException($"{Scores.Rows} rows of scores meet {targets.Rows} targets.");
        }

        ComputeShares(targets);
        Value[0, 0] = T.CreateTruncating(Sum(targets, shares.AsSpan(0, targets.Rows)));
    }

    /// <inheritdoc/>
    public sealed override void Backward()
    {
        Span<T> scaled = shares.AsSpan(0, Targets!.Rows);
        T upstream = Gradient[0, 0];
        if (upstream != T.One)
        {
            foreach (ref T share in scaled)
            {
                share *= upstream;
            }
        }

        AddGradient(Targets, scaled, Scores.Gradient);
    }

    private void ComputeShares(Targets<T> targets)
    {
        int rows = targets.Rows;
        if (shares.Length < rows)
        {
            shares = new T[rows];
        }

        ReadOnlySpan<T> weights = targets.Weights;
        if (weights.IsEmpty && classWeights is null)
        {
            TotalWeight = rows;
            shares.AsSpan(0, rows).Fill(T.CreateTruncating(1.0 / rows));
            return;
        }

        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            double weight = weights.IsEmpty ? 1 : double.CreateTruncating(weights[i]);
            weight *= classWeights is null ? 1 : classWeights[targets.Labels[i]];
            shares[i] = T.CreateTruncating(weight);
            sum += weight;
        }

        TotalWeight = sum == 0 || Normalization == LossNormalization.WeightedMean ? sum : rows;
        T scale = T.CreateTruncating(TotalWeight == 0 ? 0 : 1 / TotalWeight);
        for (int i = 0; i < rows; i++)
        {
            shares[i] *= scale;
        }
    }
}
