namespace EE569.Engine.Optimizers;

/// <summary>The formula of an optimiser, written once for a vector of elements; elements do not influence each other.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IUpdateRule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes one step.</summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="value">The parameters, changed in place.</param>
    /// <param name="slot0">The first state of the optimiser, 0 before the first step; unused when it has none.</param>
    /// <param name="slot1">The second state.</param>
    void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> slot0, ref Vector<T> slot1);
}
