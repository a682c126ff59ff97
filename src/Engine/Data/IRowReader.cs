namespace EE569.Engine.Data;

/// <summary>Reads the rows of a stream once, front to back.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRowReader<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads the next row.</summary>
    /// <param name="row">Receives features, target and weight; it holds label 0 and weight 1 before, and features to be set.</param>
    /// <returns>False at the end, where the row is left alone.</returns>
    bool Read(StreamedRow<T> row);
}
