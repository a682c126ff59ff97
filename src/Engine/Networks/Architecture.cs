using System.ComponentModel.DataAnnotations;
using System.Diagnostics;

namespace EE569.Engine.Networks;

/// <summary>
/// Describes a network; <see cref="Build{T}()"/> makes it. What every network has - features, outputs, loss, seed - stands here; an architecture
/// adds its own options and the way from the input to the scores.
/// </summary>
public abstract record Architecture
{
    /// <summary>Number of features, from 1.</summary>
    [Range(1, int.MaxValue)]
    public required int Inputs { get; init; }

    /// <summary>Number of ids of each column of categories beside the features, each from 1; none by default.</summary>
    [Required, Range(1, int.MaxValue)]
    public IReadOnlyList<int> IdCounts { get; init; } = [];

    /// <summary>Number of outputs: classes for softmax, 1 for a binary or a simple regression problem. Default 1.</summary>
    [Range(1, int.MaxValue)]
    public int Outputs { get; init; } = 1;

    /// <summary>The loss, with its output function. Default <see cref="LossFunction.SoftmaxCrossEntropy"/>.</summary>
    [EnumDataType(typeof(LossFunction))]
    public LossFunction Loss { get; init; } = LossFunction.SoftmaxCrossEntropy;

    /// <summary>Share of a target that is spread over all classes, in [0, 1); not for regression. Default 0.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double LabelSmoothing { get; init; }

    /// <summary>The range that predictions are limited to, in regression only: usually that of the training targets. Default none.</summary>
    public (double Low, double High)? OutputRange { get; init; }

    /// <summary>Seed of the parameters and the dropout masks. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Builds the network with freshly drawn parameters; the draws are the same in any precision, up to rounding.</summary>
    /// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public Network<T> Build<T>() where T : unmanaged, IFloatingPointIeee754<T> => Build<T>(draws: true, out _);

    /// <summary>Builds the network with given parameters; none is drawn.</summary>
    /// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
    /// <param name="parameters">All parameters, in the order of <see cref="Network{T}.CopyParameters"/>; copied.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the number of parameters is another.</exception>
    public Network<T> Build<T>(ReadOnlySpan<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = Build<T>(draws: false, out _);
        network.RestoreParameters(parameters);
        return network;
    }

    /// <summary>Builds the network with freshly drawn parameters, of which some may then be fitted to the data, as <see cref="RealMlp"/> does.</summary>
    /// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
    /// <param name="rows">Some rows of the training data, prepared as they will be for training: a thousand tell enough.</param>
    /// <param name="ids">Their ids, if the network reads any.</param>
    /// <exception cref="ArgumentException">An option is out of range, or rows and ids do not suit it; the message names it.</exception>
    public Network<T> Build<T>(Matrix<T> rows, Matrix<int>? ids = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        OptionCheck.Require(rows.Rows > 0, nameof(rows), rows.Rows, "at least one");
        Network<T> network = Build(draws: true, out NetworkBuilder<T> builder);
        builder.Fit(network, rows, ids);
        return Build<T>(network.CopyParameters()); // without the buffers of these rows
    }

    /// <summary>Goes from the input to the scores.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="builder">Input and ids, and what creates parameters.</param>
    /// <returns>The scores, (rows x outputs) or, for k members, (k rows x outputs).</returns>
    protected abstract Node<T> Connect<T>(NetworkBuilder<T> builder) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Makes the loss on the scores; by default that of <see cref="Loss"/>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="scores">The scores.</param>
    protected virtual Loss<T> CreateLoss<T>(Node<T> scores) where T : unmanaged, IFloatingPointIeee754<T> => Loss switch
    {
        LossFunction.BinaryCrossEntropy => new BinaryCrossEntropy<T>(scores, LabelSmoothing),
        LossFunction.SoftmaxCrossEntropy => new SoftmaxCrossEntropy<T>(scores, LabelSmoothing),
        LossFunction.MeanSquaredError => new MeanSquaredError<T>(scores),
        _ => throw new UnreachableException(),
    };

    /// <summary>Checks the options by the attributes of System.ComponentModel.DataAnnotations on their properties; an architecture may add rules.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    protected virtual void Validate()
    {
        OptionCheck.Validate(this);
        OptionCheck.Require(LabelSmoothing == 0 || Loss != LossFunction.MeanSquaredError, nameof(LabelSmoothing), LabelSmoothing, "0 in regression");
        OptionCheck.Require(
            OutputRange is null || (Loss == LossFunction.MeanSquaredError && OutputRange.Value.Low <= OutputRange.Value.High),
            nameof(OutputRange), OutputRange, "an ascending range, and in regression only");
    }

    private Network<T> Build<T>(bool draws, out NetworkBuilder<T> builder) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Validate();
        builder = new NetworkBuilder<T>(this, draws);
        Node<T> scores = Connect(builder);
        scores = OutputRange is { } range ? new Clip<T>(scores, range.Low, range.High) : scores;
        return new Network<T>(builder.Input, scores, CreateLoss(scores), builder.Ids);
    }
}
