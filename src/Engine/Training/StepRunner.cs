using System.Numerics;
using System.Numerics.Tensors;
using EE569.Engine.Data;
using EE569.Engine.Kernels;
using EE569.Engine.Nodes;

namespace EE569.Engine.Training;

/// <summary>One step of gradient descent: forward, backward, clip, update. Allocates nothing after the first one.</summary>
internal sealed class StepRunner<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network<T> network;
    private readonly TrainingOptions<T> options;
    private readonly Graph<T> graph;
    private readonly Parameter<T>[] parameters;
    private readonly Parameter<T>[] regularized;

    public StepRunner(Network<T> network, TrainingOptions<T> options)
    {
        (this.network, this.options) = (network, options);
        parameters = [.. network.Parameters];
        regularized = [.. parameters.Where(parameter => parameter.IsRegularized)];
        graph = options.L2Regularization > 0
            ? new Graph<T>(new L2Penalty<T>(network.Loss, options.L2Regularization, regularized))
            : network.Graph;
        graph.Workers = Workers.Of(options.NumberOfThreads);
        Optimizer = new OptimizerState<T>(options.Optimizer, parameters);
    }

    public OptimizerState<T> Optimizer { get; }

    /// <summary>Norm of the gradient of the last step, before clipping.</summary>
    public double GradientNorm
    {
        get => field >= 0 ? field : Norm();
        private set;
    }

    /// <summary>Bytes of parameters, gradients, activations and optimiser state.</summary>
    public unsafe long Bytes => graph.Nodes.Where(node => node is not Input<T>).Sum(node => node.Bytes) + (long)Optimizer.Length * sizeof(T);

    /// <summary>Starts training, or goes on after an evaluation. Dropout follows the step count, so that a resumed training draws the same masks.</summary>
    public void Start()
    {
        graph.IsTraining = true;
        foreach (Dropout<T> dropout in graph.Nodes.OfType<Dropout<T>>())
        {
            dropout.Step = Optimizer.Step;
        }
    }

    /// <summary>Computes the loss of a batch, penalties included.</summary>
    public double Forward(Batch<T> batch)
    {
        batch.Present(network.Input, network.Loss);
        graph.Forward();
        double loss = double.CreateTruncating(graph.Output.Value[0, 0]);
        return options.L1Regularization == 0 ? loss : loss + options.L1Regularization * SumOfMagnitudes();
    }

    /// <summary>Updates the parameters after <see cref="Forward"/>.</summary>
    public void Update(double learningRate)
    {
        graph.Backward();
        GradientNorm = -1;
        if (options.GradientClipNorm is { } limit)
        {
            Clip(limit);
        }

        Optimizer.Update(learningRate);
        if (options.L1Regularization > 0)
        {
            Shrink(T.CreateTruncating(learningRate * options.L1Regularization));
        }
    }

    public bool AreParametersFinite()
    {
        foreach (Parameter<T> parameter in parameters)
        {
            // A sum that is not finite proves nothing (it may overflow), so that the magnitudes decide.
            if (!T.IsFinite(TensorPrimitives.MaxMagnitude<T>(parameter.Value.Values)))
            {
                return false;
            }
        }

        return true;
    }

    private void Clip(double limit)
    {
        GradientNorm = Norm();
        double scale = limit / (GradientNorm + 1e-6);
        if (scale >= 1)
        {
            return;
        }

        foreach (Parameter<T> parameter in parameters)
        {
            Span<T> gradient = parameter.Gradient.Values;
            TensorPrimitives.Multiply(gradient, T.CreateTruncating(scale), gradient);
        }
    }

    private double Norm()
    {
        double squares = 0;
        foreach (Parameter<T> parameter in parameters)
        {
            squares += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(parameter.Gradient.Values));
        }

        return Math.Sqrt(squares);
    }

    private double SumOfMagnitudes()
    {
        double sum = 0;
        foreach (Parameter<T> parameter in regularized)
        {
            sum += double.CreateTruncating(TensorPrimitives.SumOfMagnitudes<T>(parameter.Value.Values));
        }

        return sum;
    }

    // The proximal map of t |w| is sign(w) max(|w| - t, 0) = w - clamp(w, -t, t).
    private void Shrink(T threshold)
    {
        foreach (Parameter<T> parameter in regularized)
        {
            foreach (ref T weight in parameter.Value.Values)
            {
                weight -= T.Clamp(weight, -threshold, threshold);
            }
        }
    }
}
