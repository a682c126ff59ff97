using System.Text;

namespace Microsoft.ML;

/// <summary>A training history as a data view and as a file.</summary>
public static class HistoryExtensions
{
    /// <summary>The history as a view with a row per epoch; figures that were not measured are NaN.</summary>
    /// <param name="history">The history.</param>
    /// <param name="context">The context to create the view in.</param>
    /// <returns>The view, with the columns of <see cref="HistoryRow"/>.</returns>
    public static IDataView ToDataView(this History history, MLContext context)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(context);
        return context.Data.LoadFromEnumerable(history.Select(record => new HistoryRow(record)).ToArray());
    }

    /// <summary>Writes the history as comma-separated values with a header.</summary>
    /// <param name="history">The history.</param>
    /// <param name="path">The file to write.</param>
    public static void SaveCsv(this History history, string path)
    {
        ArgumentNullException.ThrowIfNull(history);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            history.WriteCsv(writer);
        });
    }
}
