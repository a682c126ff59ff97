namespace EE569.Trainers.Saving;

/// <summary>A network found in a loaded model.</summary>
/// <param name="Form">It.</param>
/// <param name="Feature">The column that the first layer reads.</param>
/// <param name="Top">ML.NET's transformer of the last layer; the type of its model tells the task.</param>
/// <param name="Chain">The built-in transformers that it is made of.</param>
internal sealed record LoadedNetwork(NetworkForm Form, string Feature, ISingleFeaturePredictionTransformer<object> Top, ITransformer Chain)
{
    /// <summary>A column that the network adds, with the annotations that its file kept.</summary>
    public DataViewSchema.Column Output(string name) => Chain.GetOutputSchema(SchemaOf(Feature, Form.Features))[name];

    /// <summary>A schema with features alone.</summary>
    public static DataViewSchema SchemaOf(string feature, int width)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(feature, new VectorDataViewType(NumberDataViewType.Single, width));
        return schema.ToSchema();
    }

    /// <summary>The last network in a model.</summary>
    /// <typeparam name="TTop">ML.NET's model of the last layer for the task.</typeparam>
    /// <param name="model">The loaded model.</param>
    /// <param name="trainer">The trainer that makes such networks.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static LoadedNetwork Find<TTop>(ITransformer model, string trainer)
        where TTop : class
    {
        ArgumentNullException.ThrowIfNull(model);
        return BuiltInChain.Read(model) is { Top.Model: TTop } network
            ? network
            : throw new ArgumentException($"The model holds no network that {trainer} saved.", nameof(model));
    }
}
