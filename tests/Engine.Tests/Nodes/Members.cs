using System.Numerics;
using System.Numerics.Tensors;
using EE569.Engine.Graphs;

namespace EE569.Engine.Tests.Nodes;

/// <summary>k copies of the rows, each with factors of its own for every column: member i's rows are r_i * x, the rows of all examples by the first member first.</summary>
public sealed class Members<T>(Node<T> x, Parameter<T> factors) : Node<T>(x.Width, x, factors) where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override int OutputRows => Inputs[0].Rows * Inputs[1].Rows;

    public override void Forward()
    {
        for (int row = 0; row < Rows; row++)
        {
            TensorPrimitives.Multiply(Inputs[0].Value.Row(row % Inputs[0].Rows), Inputs[1].Value.Row(row / Inputs[0].Rows), Value.Row(row));
        }
    }

    // y_ij = r_i x_j, hence dr_i = sum_j x_j dy_ij and dx_j = sum_i r_i dy_ij.
    public override void Backward()
    {
        for (int row = 0; row < Rows; row++)
        {
            (int example, int member) = (row % Inputs[0].Rows, row / Inputs[0].Rows);
            Span<T> dr = Inputs[1].Gradient.Row(member);
            TensorPrimitives.MultiplyAdd(Inputs[0].Value.Row(example), Gradient.Row(row), dr, dr);
            if (Inputs[0].NeedsGradient)
            {
                Span<T> dx = Inputs[0].Gradient.Row(example);
                TensorPrimitives.MultiplyAdd(Inputs[1].Value.Row(member), Gradient.Row(row), dx, dx);
            }
        }
    }
}
