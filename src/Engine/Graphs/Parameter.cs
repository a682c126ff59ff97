namespace EE569.Engine.Graphs;

/// <summary>A matrix that training changes: weights (outputs x inputs) or biases (1 x outputs).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates a parameter of zeros.</summary>
    /// <param name="name">The name in messages and drawings.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="group">How training treats it; <see cref="ParameterGroup.Weights"/> unless given.</param>
    public Parameter(string name, int rows, int columns, ParameterGroup? group = null)
        : this(name, new Matrix<T>(rows, columns), group)
    {
    }

    /// <summary>Creates a parameter around a matrix, without copying it.</summary>
    /// <param name="name">The name in messages and drawings.</param>
    /// <param name="value">The initial value.</param>
    /// <param name="group">How training treats it; <see cref="ParameterGroup.Weights"/> unless given.</param>
    public Parameter(string name, Matrix<T> value, ParameterGroup? group = null)
        : base((value ?? throw new ArgumentNullException(nameof(value))).Columns)
    {
        Name = name;
        (Value, Rows, Group, NeedsGradient) = (value, value.Rows, group ?? ParameterGroup.Weights, true);
    }

    /// <summary>How training treats it: penalties, and factors of learning rate and decay.</summary>
    public ParameterGroup Group { get; }

    internal override string Description => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} {Rows} x {Width}");

    /// <summary>Replaces the value by a copy.</summary>
    internal void OwnValue() => Value = Value.Clone();

    /// <inheritdoc/>
    public override void Forward()
    {
    }

    /// <inheritdoc/>
    public override void Backward()
    {
    }
}
