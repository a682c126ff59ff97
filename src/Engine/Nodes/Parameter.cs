using System.Numerics;

namespace EE569.Engine.Nodes;

/// <summary>A matrix that training changes: weights (outputs x inputs) or biases (1 x outputs).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates a parameter of zeros.</summary>
    /// <param name="name">The name in messages and drawings.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="isRegularized">Whether L1 and L2 apply: true for weights, false for biases.</param>
    public Parameter(string name, int rows, int columns, bool isRegularized = true)
        : this(name, new Matrix<T>(rows, columns), isRegularized)
    {
    }

    /// <summary>Creates a parameter around a matrix, without copying it.</summary>
    /// <param name="name">The name in messages and drawings.</param>
    /// <param name="value">The initial value.</param>
    /// <param name="isRegularized">Whether L1 and L2 apply: true for weights, false for biases.</param>
    public Parameter(string name, Matrix<T> value, bool isRegularized = true)
        : base((value ?? throw new ArgumentNullException(nameof(value))).Columns)
    {
        Name = name;
        (Value, Rows, IsRegularized, NeedsGradient) = (value, value.Rows, isRegularized, true);
    }

    /// <summary>Whether L1 and L2 apply.</summary>
    public bool IsRegularized { get; }

    /// <inheritdoc/>
    public override void Forward()
    {
    }

    /// <inheritdoc/>
    public override void Backward()
    {
    }
}
