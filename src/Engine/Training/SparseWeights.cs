using System.Numerics;
using EE569.Engine.Nodes;
using EE569.Engine.Optimizers;

namespace EE569.Engine.Training;

/// <summary>
/// The weights of a layer that reads sparse rows, so that a step costs what its batch holds: it touches the columns of the features that
/// occur in the batch, and the gradient is 0 elsewhere.
/// </summary>
/// <remarks>
/// An L2 penalty shrinks every weight in every step. With SGD a weight that is not touched becomes w (1 - 2 rate lambda): the running product of
/// these factors is kept, and a column is multiplied by what the product has gained since the column was last up to date when it is next
/// touched, and at the end of a pass. The sum of squares in the loss is kept up to date in the same way, without visiting the others.
/// </remarks>
internal sealed class SparseWeights<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Beyond this, or below its inverse, the running product starts again at 1 before it leaves the range of a double.</summary>
    private const double LargestProduct = 1e100;

    private readonly double lambda;
    private readonly bool catchesUp;
    private readonly int[] lastBatch;
    private readonly int[] touched;
    private readonly double[] reached;
    private int batch;
    private int count;
    private double product = 1;
    private double penaltyScale;
    private double squares;
    private double touchedSquares;
    private double restGradient;

    private SparseWeights(Parameter<T> parameter, double lambda, bool catchesUp)
    {
        (Parameter, this.lambda, this.catchesUp) = (parameter, lambda, catchesUp && lambda > 0);
        (lastBatch, touched) = (new int[parameter.Width], new int[parameter.Width]);
        reached = this.catchesUp ? new double[parameter.Width] : [];
    }

    /// <summary>The weights, outputs x features.</summary>
    public Parameter<T> Parameter { get; }

    /// <summary>The features of the batch, each once.</summary>
    public ReadOnlySpan<int> Touched => touched.AsSpan(0, count);

    /// <summary>lambda times the sum of the squares of all weights, the shrinking of skipped steps included.</summary>
    public double Penalty => lambda * squares;

    /// <summary>Sum of the squares of the gradient of all weights.</summary>
    public double SquaredGradientNorm
    {
        get
        {
            double sum = 0;
            for (int output = 0; output < Parameter.Rows; output++)
            {
                sum += SumOfSquares(Parameter.Gradient.Row(output));
            }

            return sum + restGradient;
        }
    }

    /// <summary>The weights of a network that a training may update in this way: the optimiser skips zeros, and one Linear alone reads them.</summary>
    public static SparseWeights<T>[] Find(Network<T> network, TrainingOptions<T> options)
    {
        bool skipsPenalty = options.L2Regularization == 0 || options.Optimizer.SkippedPenalty != SkippedPenalty.NotSkipped;
        if (!options.Optimizer.SkipsZeroGradients || !skipsPenalty || options.L1Regularization > 0)
        {
            return [];
        }

        bool catchesUp = options.Optimizer.SkippedPenalty == SkippedPenalty.CaughtUp;
        return [.. network.Parameters
            .Where(parameter => network.Graph.Nodes.Count(node => node.Inputs.Contains(parameter)) == 1)
            .Where(parameter => network.Graph.Nodes.OfType<Linear<T>>().Any(node => node.Inputs[0] == network.Input && node.Inputs[1] == parameter))
            .Select(parameter => new SparseWeights<T>(parameter, parameter.IsRegularized ? options.L2Regularization : 0, catchesUp))];
    }

    /// <summary>Starts a pass, with weights that may have been set since the last.</summary>
    public void Start()
    {
        Parameter.OverwriteGradient(out _).Values.Clear();
        lastBatch.AsSpan().Clear();
        (batch, count, product) = (0, 0, 1);
        reached.AsSpan().Fill(1);
        squares = 0;
        foreach (T weight in lambda > 0 ? Parameter.Value.Values : [])
        {
            squares += Square(weight);
        }
    }

    /// <summary>Brings the weights that a batch reads up to date, and takes the last batch's gradient back to 0.</summary>
    public void Begin(CsrMatrix<T> rows)
    {
        for (int output = 0; output < Parameter.Rows; output++)
        {
            Span<T> gradient = Parameter.Gradient.Row(output);
            foreach (int column in Touched)
            {
                gradient[column] = T.Zero;
            }
        }

        Collect(rows.UsedIndices);
        foreach (int column in catchesUp ? Touched : [])
        {
            CatchUp(column);
        }

        (penaltyScale, touchedSquares) = (1, TouchedSquares());
    }

    /// <summary>Adds the gradient of the penalty, 2 lambda W, to that of the batch.</summary>
    public void AddPenaltyGradient()
    {
        restGradient = catchesUp ? 4 * lambda * lambda * Math.Max(0, squares - touchedSquares) : 0;
        T factor = T.CreateTruncating(2 * lambda);
        for (int output = 0; lambda > 0 && output < Parameter.Rows; output++)
        {
            Span<T> weights = Parameter.Value.Row(output);
            Span<T> gradient = Parameter.Gradient.Row(output);
            foreach (int column in Touched)
            {
                gradient[column] = T.MultiplyAddEstimate(weights[column], factor, gradient[column]);
            }
        }
    }

    /// <summary>Shortens the gradient of all weights.</summary>
    public void ScaleGradient(double scale)
    {
        penaltyScale = scale;
        for (int output = 0; output < Parameter.Rows; output++)
        {
            Span<T> gradient = Parameter.Gradient.Row(output);
            foreach (int column in Touched)
            {
                gradient[column] *= T.CreateTruncating(scale);
            }
        }
    }

    /// <summary>Lets the penalty of this step act on the weights that were not touched.</summary>
    public void Complete(double learningRate)
    {
        if (lambda == 0)
        {
            return;
        }

        double kept = catchesUp ? 1 - 2 * learningRate * penaltyScale * lambda : 1;
        squares = kept * kept * Math.Max(0, squares - touchedSquares) + TouchedSquares();
        if (catchesUp)
        {
            product *= kept;
            foreach (int column in Touched)
            {
                reached[column] = product;
            }

            if (!(Math.Abs(product) is > 1 / LargestProduct and < LargestProduct))
            {
                CatchUpAll();
            }
        }
    }

    /// <summary>Ends a pass: brings all weights up to date.</summary>
    public void Finish() => CatchUpAll();

    private void Collect(ReadOnlySpan<int> columns)
    {
        (batch, count) = (batch + 1, 0);
        foreach (int column in columns)
        {
            if (lastBatch[column] != batch)
            {
                lastBatch[column] = batch;
                touched[count++] = column;
            }
        }
    }

    private void CatchUp(int column)
    {
        if (reached[column] != product)
        {
            T factor = T.CreateTruncating(product / reached[column]);
            reached[column] = product;
            for (int output = 0; output < Parameter.Rows; output++)
            {
                Parameter.Value[output, column] *= factor;
            }
        }
    }

    private void CatchUpAll()
    {
        for (int column = 0; column < reached.Length; column++)
        {
            CatchUp(column);
        }

        product = 1;
        reached.AsSpan().Fill(1);
    }

    private double TouchedSquares()
    {
        double sum = 0;
        for (int output = 0; lambda > 0 && output < Parameter.Rows; output++)
        {
            sum += SumOfSquares(Parameter.Value.Row(output));
        }

        return sum;
    }

    private double SumOfSquares(ReadOnlySpan<T> row)
    {
        double sum = 0;
        foreach (int column in Touched)
        {
            sum += Square(row[column]);
        }

        return sum;
    }

    private static double Square(T value)
    {
        double number = double.CreateTruncating(value);
        return number * number;
    }
}
