namespace EE569.Engine.Training;

/// <summary>
/// Joins trainings that run in lockstep, each on its own part of the rows, to one: what each contributes to a step is replaced by the mean over
/// all of them. All must start from the same parameters and options and take the same number of steps; then all end with the same bits, and
/// decide alike whether they stop.
/// </summary>
/// <remarks>
/// The trainings update every weight in every step, since a weight that is absent from one batch may be in another's. Cancellation and
/// callbacks are each training's own: whoever joins them has to cancel all. The metric is that of the training's own rows.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IGradientExchange<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Called in every step between the backward pass and the clipping of the gradient, also when the batch has no weight or its loss is not finite.</summary>
    /// <param name="parameters">
    /// All parameters of the network. The gradient of each is that of the mean loss of this training's batch, the L2 penalty included; it is to be
    /// replaced by the mean over the trainings, weighted by their weights.
    /// </param>
    /// <param name="loss">The mean loss of the batch, penalties included; to be replaced by the weighted mean.</param>
    /// <param name="weight">The weight of the batch; to be replaced by the sum over the trainings. If it is 0 no step is taken.</param>
    void ExchangeGradients(IReadOnlyList<Parameter<T>> parameters, ref double loss, ref double weight);

    /// <summary>Called at the end of every evaluation of the validation data.</summary>
    /// <param name="sums">Sums of this training - loss times weight, and weight - to be replaced by those over all trainings.</param>
    void ExchangeSums(Span<double> sums);
}
