using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace EE569.Trainers.Saving;

/// <summary>
/// A network as a chain of ML.NET's own transformers: per dense stage an affine scorer and an expression, a linear model on top, and the columns
/// between them dropped. It gives the output schema, and it is what a model file holds, so the file loads where this library is absent.
/// </summary>
internal static class BuiltInChain
{
    /// <summary>Makes the last transformer from the last layer, the schema it reads and its feature column.</summary>
    public delegate ITransformer TopFactory(DenseLayer layer, DataViewSchema schema, string feature);

    private const string Prefix = "EE569.Hidden";
    private const string ScaleName = "Scale";

    /// <summary>Columns that nothing reads any more before they are dropped: the time that ML.NET takes for a transformer grows with the columns there are.</summary>
    private const int MostDeadColumns = 32;

    /// <summary>The most weights that are written: a file of 128 MiB.</summary>
    public const long MostValues = 1 << 25;

    /// <summary>Whether a network is small enough.</summary>
    public static bool Holds(NetworkForm form) => form.SavedValues <= MostValues;

    public static ITransformer Create(IHostEnvironment env, NetworkForm form, DataViewSchema schema, string feature, TopFactory top) => new NetworkChain(
        Build(env, NetworkForm.Of([form.Top.OfWidth(form.Features)]), schema, feature, top), () => Build(env, form, schema, feature, top));

    private static TransformerChain<ITransformer> Build(IHostEnvironment env, NetworkForm form, DataViewSchema schema, string feature, TopFactory top)
    {
        var catalog = MLNetInternals.Transforms(env);
        var chain = new List<ITransformer>();
        var helpers = new List<string>();
        var columns = new Dictionary<Stage, string>();
        var lastReads = form.Stages.SelectMany((stage, i) => stage.Inputs.Select(input => (Read: Column(input), Reader: i))).Append((Read: Column(form.Hidden), Reader: int.MaxValue))
            .GroupBy(reading => reading.Read, reading => reading.Reader).ToLookup(readings => readings.Max(), readings => readings.Key);
        var dead = new List<string>();
        for (int i = 0; i < form.Stages.Count; i++)
        {
            var stage = form.Stages[i];
            columns[stage] = stage switch
            {
                Stage.Scale { IsPartOfWeights: true } => columns[stage.Inputs[0]],
                Stage.Scale scale => Named(Hidden(ScaleName), MLNetInternals.Affine(env, Hidden(ScaleName), columns[scale.Inputs[0]], scale.Factors, Array.TrueForAll(scale.Offsets, offset => offset == 0) ? null : scale.Offsets)),
                Stage.Dense dense => Dense(dense),
                Stage.Elementwise map => Map(Hidden(map.Function.Name), map.Function, columns[map.Inputs[0]]),
                Stage.Concatenation => Concatenate(Hidden("Concatenation"), [.. stage.Inputs.Select(part => columns[part])]),
                _ => feature,
            };
            dead.AddRange(lastReads[i].Where(read => read is not Stage.Features).Select(read => columns[read]));
            if (dead.Count >= MostDeadColumns)
            {
                Append(catalog.DropColumns([.. dead]).Fit(new SchemaOnlyView(schema)));
                helpers.RemoveAll(dead.Contains);
                dead.Clear();
            }
        }

        Append(top(Folded(form.Hidden, form.Top), schema, columns[form.Hidden]));
        if (helpers.Count > 0)
        {
            // This drops the hidden Score columns of the affine scorers, too.
            Append(catalog.DropColumns([.. helpers]).Fit(new SchemaOnlyView(schema)));
        }

        return new TransformerChain<ITransformer>([.. chain]);

        // A column's name carries its function, so that a loaded chain can be read back.
        string Hidden(string function) => $"{Prefix}{columns.Count}.{function}";

        string Dense(Stage.Dense dense)
        {
            string hidden = Hidden(dense.Function.Name);
            string largest = hidden + ".Largest"; // the label that such a scorer adds without being asked
            helpers.Add(largest);
            dead.Add(largest);
            Append(BuiltInModels.Hidden(env, Folded(dense.Inputs[0], dense.Layer), dense.Function == StageFunction.Softmax, schema, columns[dense.Inputs[0]], largest));
            return Map(hidden, dense.Function, OutputColumns.Score);
        }

        string Map(string hidden, StageFunction function, string input) => Named(hidden, catalog.Expression(hidden, function.Expression, input).Fit(new SchemaOnlyView(schema)));

        string Concatenate(string hidden, string[] parts) => Named(hidden, catalog.Concatenate(hidden, parts).Fit(new SchemaOnlyView(schema)));

        string Named(string hidden, ITransformer transformer)
        {
            Append(transformer);
            helpers.Add(hidden);
            return hidden;
        }

        void Append(ITransformer transformer)
        {
            chain.Add(transformer);
            schema = transformer.GetOutputSchema(schema);
        }
    }

    /// <summary>The stage whose column a stage is: its own, or that of what it is a part of the weights of.</summary>
    private static Stage Column(Stage stage) => stage is Stage.Scale { IsPartOfWeights: true } ? Column(stage.Inputs[0]) : stage;

    private static DenseLayer Folded(Stage input, DenseLayer layer) =>
        input is Stage.Scale { IsPartOfWeights: true } scale ? layer.WithInputScaling(scale.Factors, scale.Offsets) : layer;

    /// <summary>Reads the network of a chain back.</summary>
    /// <param name="chain">What <see cref="Create"/> made, after saving and loading; or a model that holds it.</param>
    /// <returns>The last network in it, or null.</returns>
    public static LoadedNetwork? Read(ITransformer chain) =>
        chain is IEnumerable<ITransformer> parts ? parts.Reverse().Select(Read).FirstOrDefault(found => found is not null) ?? ReadOwn(chain) : null;

    /// <summary>Reads a chain that is a network and nothing more: neither a model that holds one, nor one that something follows.</summary>
    public static LoadedNetwork? ReadOwn(ITransformer chain)
    {
        if (chain is not IEnumerable<ITransformer> all || InputOf(all.FirstOrDefault()) is not (var feature, var width))
        {
            return null;
        }

        var stages = new Dictionary<string, Stage> { [feature] = new Stage.Features(width) };
        ISingleFeaturePredictionTransformer<object>? scorer = null; // the last, until the expression behind it is read
        bool isDropped = false;
        foreach (var part in all)
        {
            if (isDropped || !Add(part))
            {
                return null;
            }
        }

        return scorer is not null && isDropped == stages.Count > 1
            ? new LoadedNetwork(new(stages[scorer.FeatureColumnName], LayerOf(scorer.Model)!), feature, scorer, chain)
            : null;

        bool Add(ITransformer part)
        {
            switch (part)
            {
                case ISingleFeaturePredictionTransformer<object> next when scorer is null && stages.ContainsKey(next.FeatureColumnName) && LayerOf(next.Model) is not null:
                    scorer = next;
                    return true;
                case ExpressionTransformer expression when MLNetInternals.Columns(expression) is [(var name, [var input])] && FunctionOf(name) is { } function:
                    if (scorer is not null && input == OutputColumns.Score)
                    {
                        var layer = LayerOf(scorer.Model)!;
                        stages[name] = new Stage.Dense(stages[scorer.FeatureColumnName], function.Activation is { } activation ? layer.With(activation) : layer, function);
                        scorer = null;
                        return true;
                    }

                    return scorer is null && stages.TryGetValue(input, out var x) && stages.TryAdd(name, new Stage.Elementwise(x, function));
                case NormalizingTransformer normalizer when scorer is null && ScaleOf(normalizer) is var (name, input, scale, offset) && stages.TryGetValue(input, out var unscaled):
                    return stages.TryAdd(name, new Stage.Scale(unscaled, offset, scale));
                case ColumnConcatenatingTransformer joint when scorer is null && MLNetInternals.Columns(joint).ToList() is [(var name, var parts)] && parts.All(stages.ContainsKey):
                    return stages.TryAdd(name, new Stage.Concatenation([.. parts.Select(column => stages[column])]));
                case ColumnSelectingTransformer:
                    isDropped = scorer is not null; // before the last scorer it drops what nothing reads any more
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>The feature column that a network's first transformer reads, and its length.</summary>
    private static (string Feature, int Width)? InputOf(ITransformer? first) => first switch
    {
        ISingleFeaturePredictionTransformer<object> scorer when LayerOf(scorer.Model) is { } layer => (scorer.FeatureColumnName, layer.Inputs),
        NormalizingTransformer normalizer when ScaleOf(normalizer) is { } own => (own.Input, own.Scale.Length),
        _ => null,
    };

    private static (string Name, string Input, float[] Scale, float[] Offset)? ScaleOf(NormalizingTransformer normalizer) =>
        MLNetInternals.ColumnPairs(normalizer) is [(var name, var input)] && name.StartsWith(Prefix, StringComparison.Ordinal) && MLNetInternals.AffineOf(normalizer, 0) is var (scale, offset)
            ? (name, input, scale, offset)
            : null;

    private static StageFunction? FunctionOf(string column) =>
        column.StartsWith(Prefix, StringComparison.Ordinal) ? StageFunction.Of(column[(column.LastIndexOf('.') + 1)..]) : null;

    private static DenseLayer? LayerOf(object model) => model switch
    {
        LinearMulticlassModelParametersBase multiclass => BuiltInModels.LayerOf(multiclass),
        LinearModelParameters linear => BuiltInModels.LayerOf(linear),
        CalibratedModelParametersBase { SubModel: LinearModelParameters linear } => BuiltInModels.LayerOf(linear),
        _ => null,
    };
}
