using System.Numerics;
using EE569.Engine.Kernels.Lanes;
using EE569.Engine.Kernels.Products;
using EE569.Engine.Parallel;

namespace EE569.Engine.Tests.Kernels;

/// <summary>Random factors of a layer's three products, and the checks of each against the naive loops.</summary>
internal sealed class ProductCase<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _x;
    private readonly T[] _w;
    private readonly T[] _bias;
    private readonly T[] _dy;

    public ProductCase(LayerShape shape, int seed = 1)
    {
        Shape = shape;
        var random = new System.Random(seed);
        _x = Numbers(random, shape.Rows * shape.Inputs);
        _w = Numbers(random, shape.Outputs * shape.Inputs);
        _bias = Numbers(random, shape.Outputs);
        _dy = Numbers(random, shape.Rows * shape.Outputs);
    }

    public LayerShape Shape { get; }

    public T[] Forward(InstructionSet instructions, Workers workers, bool biased = true)
    {
        var y = Garbage(Shape.Rows * Shape.Outputs);
        MatrixProduct.Forward(Shape, _x, _w, biased ? _bias : [], y, workers, instructions);
        return y;
    }

    public T[] WeightGradient(InstructionSet instructions, Workers workers, T[]? addTo = null)
    {
        T[] dw = addTo is null ? Garbage(Shape.Outputs * Shape.Inputs) : [.. addTo];
        MatrixProduct.WeightGradient(Shape, _dy, _x, dw, workers, addTo is not null, instructions);
        return dw;
    }

    public T[] InputGradient(InstructionSet instructions, Workers workers, T[]? addTo = null)
    {
        T[] dx = addTo is null ? Garbage(Shape.Rows * Shape.Inputs) : [.. addTo];
        MatrixProduct.InputGradient(Shape, _dy, _w, dx, workers, addTo is not null, instructions);
        return dx;
    }

    public void CheckAll(InstructionSet instructions, Workers workers)
    {
        string what = $"{typeof(T).Name} {instructions} {Shape}";
        double X(int row, int input) => double.CreateChecked(_x[(row * Shape.Inputs) + input]);
        double W(int output, int input) => double.CreateChecked(_w[(output * Shape.Inputs) + input]);
        double Dy(int row, int output) => double.CreateChecked(_dy[(row * Shape.Outputs) + output]);

        foreach (bool biased in new[] { false, true })
        {
            NaiveProduct.AssertClose<T>(
                NaiveProduct.Multiply(
                    Shape.Rows, Shape.Outputs, Shape.Inputs, X, (p, c) => W(c, p), (_, c) => biased ? double.CreateChecked(_bias[c]) : 0),
                Forward(instructions, workers, biased), Shape.Inputs, $"Y of {what}, bias {biased}");
        }

        foreach (T[]? addTo in new[] { null, _w })
        {
            NaiveProduct.AssertClose<T>(
                NaiveProduct.Multiply(
                    Shape.Outputs, Shape.Inputs, Shape.Rows, (r, p) => Dy(p, r), X, (r, c) => addTo is null ? 0 : W(r, c)),
                WeightGradient(instructions, workers, addTo), Shape.Rows, $"dW of {what}, adding {addTo is not null}");
        }

        foreach (T[]? addTo in new[] { null, _x })
        {
            NaiveProduct.AssertClose<T>(
                NaiveProduct.Multiply(
                    Shape.Rows, Shape.Inputs, Shape.Outputs, Dy, (p, c) => W(p, c), (r, c) => addTo is null ? 0 : X(r, c)),
                InputGradient(instructions, workers, addTo), Shape.Outputs, $"dX of {what}, adding {addTo is not null}");
        }
    }

    /// <summary>What a product overwrites must not matter.</summary>
    private static T[] Garbage(int length)
    {
        var garbage = new T[length];
        Array.Fill(garbage, T.NaN);
        return garbage;
    }

    private static T[] Numbers(System.Random random, int length)
    {
        var numbers = new T[length];
        for (int i = 0; i < length; i++)
        {
            numbers[i] = T.CreateTruncating((random.NextDouble() * 2) - 1);
        }

        return numbers;
    }
}
