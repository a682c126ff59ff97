namespace EE569.Engine.Kernels.Products;

/// <summary>
/// The three products of a linear layer y = x W^T + b over a batch. Matrices are dense and row-major. Results do not depend on the
/// number of threads; they depend on the register width in the last bits.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Numbers from which a second thread pays for sums: about 10 microseconds of work for one.</summary>
    private const int ParallelSums = 1 << 17;

    /// <summary>Y = X W^T + b.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="x">rows x inputs.</param>
    /// <param name="w">outputs x inputs.</param>
    /// <param name="bias">outputs, or empty.</param>
    /// <param name="y">rows x outputs; overwritten.</param>
    /// <param name="workers">The threads to use where the work is large enough.</param>
    public static void Forward<T>(LayerShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, Workers workers)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Forward(shape, x, w, bias, y, workers, InstructionSets.WidestFor<T>());

    /// <inheritdoc cref="Forward{T}(LayerShape, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, Workers)"/>
    public static void Forward<T>(
        LayerShape shape,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> w,
        ReadOnlySpan<T> bias,
        Span<T> y,
        Workers workers,
        InstructionSet instructions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(x.Length, shape.Rows, shape.Inputs, nameof(x));
        Require(w.Length, shape.Outputs, shape.Inputs, nameof(w));
        Require(y.Length, shape.Rows, shape.Outputs, nameof(y));
        Require(bias.Length, bias.IsEmpty ? 0 : 1, shape.Outputs, nameof(bias));
        fixed (T* xStart = x, wStart = w, biasStart = bias, yStart = y)
        {
            ProductPlan.Multiply(
                new Product<T>
                {
                    Rows = shape.Rows,
                    Columns = shape.Outputs,
                    Depth = shape.Inputs,
                    A = new Operand<T>(xStart, shape.Inputs, 1),
                    B = new Operand<T>(wStart, 1, shape.Inputs),
                    Bias = biasStart,
                    C = yStart,
                },
                workers,
                instructions);
        }
    }

    /// <summary>dW = dY^T X, or dW + dY^T X.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="dy">rows x outputs.</param>
    /// <param name="x">rows x inputs.</param>
    /// <param name="dw">outputs x inputs.</param>
    /// <param name="workers">The threads to use where the work is large enough.</param>
    /// <param name="accumulate">Adds to <paramref name="dw"/> instead of overwriting it.</param>
    public static void WeightGradient<T>(
        LayerShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> x, Span<T> dw, Workers workers, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        WeightGradient(shape, dy, x, dw, workers, accumulate, InstructionSets.WidestFor<T>());

    /// <inheritdoc cref="WeightGradient{T}(LayerShape, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, Workers, bool)"/>
    public static void WeightGradient<T>(
        LayerShape shape,
        ReadOnlySpan<T> dy,
        ReadOnlySpan<T> x,
        Span<T> dw,
        Workers workers,
        bool accumulate,
        InstructionSet instructions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(dy.Length, shape.Rows, shape.Outputs, nameof(dy));
        Require(x.Length, shape.Rows, shape.Inputs, nameof(x));
        Require(dw.Length, shape.Outputs, shape.Inputs, nameof(dw));
        fixed (T* dyStart = dy, xStart = x, dwStart = dw)
        {
            ProductPlan.Multiply(
                new Product<T>
                {
                    Rows = shape.Outputs,
                    Columns = shape.Inputs,
                    Depth = shape.Rows,
                    A = new Operand<T>(dyStart, 1, shape.Outputs),
                    B = new Operand<T>(xStart, shape.Inputs, 1),
                    C = dwStart,
                    Accumulate = accumulate,
                },
                workers,
                instructions);
        }
    }

    /// <summary>dX = dY W, or dX + dY W.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="dy">rows x outputs.</param>
    /// <param name="w">outputs x inputs.</param>
    /// <param name="dx">rows x inputs.</param>
    /// <param name="workers">The threads to use where the work is large enough.</param>
    /// <param name="accumulate">Adds to <paramref name="dx"/> instead of overwriting it.</param>
    public static void InputGradient<T>(
        LayerShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> w, Span<T> dx, Workers workers, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        InputGradient(shape, dy, w, dx, workers, accumulate, InstructionSets.WidestFor<T>());

    /// <inheritdoc cref="InputGradient{T}(LayerShape, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, Workers, bool)"/>
    public static void InputGradient<T>(
        LayerShape shape,
        ReadOnlySpan<T> dy,
        ReadOnlySpan<T> w,
        Span<T> dx,
        Workers workers,
        bool accumulate,
        InstructionSet instructions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(dy.Length, shape.Rows, shape.Outputs, nameof(dy));
        Require(w.Length, shape.Outputs, shape.Inputs, nameof(w));
        Require(dx.Length, shape.Rows, shape.Inputs, nameof(dx));
        fixed (T* dyStart = dy, wStart = w, dxStart = dx)
        {
            ProductPlan.Multiply(
                new Product<T>
                {
                    Rows = shape.Rows,
                    Columns = shape.Inputs,
                    Depth = shape.Outputs,
                    A = new Operand<T>(dyStart, shape.Outputs, 1),
                    B = new Operand<T>(wStart, shape.Inputs, 1),
                    C = dxStart,
                    Accumulate = accumulate,
                },
                workers,
                instructions);
        }
    }

    /// <summary>db = the column sums of dY, or db plus them.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="dy">rows x outputs.</param>
    /// <param name="db">outputs.</param>
    /// <param name="workers">The threads to use where the work is large enough.</param>
    /// <param name="accumulate">Adds to <paramref name="db"/> instead of overwriting it.</param>
    public static void BiasGradient<T>(LayerShape shape, ReadOnlySpan<T> dy, Span<T> db, Workers workers, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(dy.Length, shape.Rows, shape.Outputs, nameof(dy));
        Require(db.Length, 1, shape.Outputs, nameof(db));
        if (!accumulate)
        {
            db.Clear();
        }

        fixed (T* from = dy, sums = db)
        {
            var work = new ColumnSums<T>(from, sums, shape.Rows, shape.Outputs);
            (dy.Length >= ParallelSums ? workers : Workers.Single).Run(work.Parts, work);
        }
    }

    private static void Require(int length, int rows, int columns, string name)
    {
        if (length != (long)rows * columns)
        {
            throw new ArgumentException($"{length} numbers where {rows} x {columns} are needed.", name);
        }
    }
}
