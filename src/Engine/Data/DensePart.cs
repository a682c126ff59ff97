namespace EE569.Engine.Data;

/// <summary>Features as dense rows.</summary>
internal sealed class DensePart<T>(Matrix<T> data) : MatrixPart<T, T>(data) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override BatchPart<T> OfBatch() => new DensePart<T>(Current);

    public override void Present(Network<T> network) => network.Input.Set(Current);

    private protected override ReadOnlySpan<T> Of(StreamedRow<T> row) => row.Values;
}
