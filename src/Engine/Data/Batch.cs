using System.Numerics;
using EE569.Engine.Nodes;

namespace EE569.Engine.Data;

/// <summary>The rows of one step: features, dense or sparse, and targets.</summary>
internal sealed class Batch<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T>? dense;
    private readonly CsrMatrix<T>? sparse;

    public Batch(Matrix<T> dense, Targets<T> targets) => (this.dense, Targets) = (dense, targets);

    public Batch(CsrMatrix<T> sparse, Targets<T> targets) => (this.sparse, Targets) = (sparse, targets);

    public Targets<T> Targets { get; }

    public int Rows => Targets.Rows;

    public long Bytes => (dense?.Bytes ?? sparse!.Bytes) + Targets.Bytes;

    public void Present(Input<T> input, Loss<T> loss)
    {
        if (dense is not null)
        {
            input.Set(dense);
        }
        else
        {
            input.Set(sparse!);
        }

        loss.Targets = Targets;
    }
}
