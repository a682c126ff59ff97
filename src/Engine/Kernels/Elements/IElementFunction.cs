namespace EE569.Engine.Kernels.Elements;

/// <summary>
/// A function of one or two numbers, written once for a register of doubles (and for the type the
/// result is rounded to, see <see cref="VectorMath"/>); <see cref="ElementMap"/> applies it to spans.
/// </summary>
internal interface IElementFunction
{
    /// <summary>Computes f(a, b).</summary>
    /// <param name="a">The argument.</param>
    /// <param name="b">The second argument; functions of one ignore it.</param>
    static abstract Vector<double> Apply(Vector<double> a, Vector<double> b);
}
