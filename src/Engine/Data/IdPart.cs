namespace EE569.Engine.Data;

/// <summary>The ids of categories.</summary>
internal sealed class IdPart<T>(Matrix<int> data) : MatrixPart<T, int>(data) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override BatchPart<T> OfBatch() => new IdPart<T>(Current);

    public override void Present(Network<T> network) => network.Ids!.Set(Current);

    private protected override ReadOnlySpan<int> Of(StreamedRow<T> row) => row.Ids;
}
