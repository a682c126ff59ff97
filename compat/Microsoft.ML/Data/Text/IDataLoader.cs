using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Turns a source into a data view.</summary>
public interface IDataLoader<in TSource>
{
    IDataView Load(TSource input);

    DataViewSchema GetOutputSchema();
}

public static class DataLoaderExtensions
{
    public static IDataView Load(this IDataLoader<IMultiStreamSource> loader, params string[] path) =>
        loader.Load(new MultiFileSource(path));
}
