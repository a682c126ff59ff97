using EE569.Trainers.Preparation;
using Google.Protobuf;

namespace Microsoft.ML;

/// <summary>Export to ONNX of the five trainers' models.</summary>
public static class OnnxExport
{
    /// <summary>
    /// Writes a model as an ONNX file (operator set 13) that computes what the model computes.
    /// <para>
    /// Of a pipeline with FeaturizeTable the inputs are the raw columns that it uses, by name, each batch x 1: numbers and Booleans as float (NaN where missing),
    /// categories, dates and free text as string (empty where missing; dates as 2026-11-28 or 2026-11-28 20:15:00, other texts count as missing). Free text
    /// is taken apart by the operator Tokenizer of ONNX Runtime's own set, com.microsoft.
    /// </para>
    /// <para>
    /// Otherwise the input is a matrix, batch x features, with the name of the column that the features are made of: of the feature column, of the column that it
    /// was copied or normalised from, or of the vector that Concatenate joins. Normalisers that are a scale and an offset (mean and variance, minimum
    /// and maximum, robust) become part of the graph.
    /// </para>
    /// <para>
    /// The outputs are Score (batch x classes, or batch x 1); for binary labels also Probability (batch x 1) and PredictedLabel (Boolean), a Platt
    /// calibrator after the trainer and a changed threshold included; for classes PredictedLabel, the index of the class from 0 where ML.NET's key
    /// values count from 1, or the value of the class where MapKeyToValue follows. Copied columns are outputs too, dropped ones are not. An input that has
    /// the name of an output gets a number behind it: "Score 2".
    /// </para>
    /// </summary>
    /// <param name="model">What a trainer of this library fitted, or a pipeline that holds it, just fitted or loaded from a file.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="includeNormalizer">
    /// False: the trainer's model alone, which reads the feature column as the trainer read it and gives the columns that the trainer's transformer
    /// gives. Whatever the pipeline does before and after is left out.
    /// </param>
    /// <param name="metadata">More that the file is to tell of itself, which runtimes show as its custom metadata. None if null.</param>
    /// <exception cref="ArgumentException">The model holds no such predictor.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another transformer of the pipeline makes the features, or changes the predictions; the message names it.
    /// </exception>
    public static void SaveAsOnnx(this ITransformer model, string path, bool includeNormalizer = true, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var parts = Flatten(model).ToList();
        int i = parts.FindLastIndex(part => OnnxPredictor.Of(part) is not null);
        if (i < 0)
        {
            throw new ArgumentException("The model holds no predictor that EE569.Trainers made.", nameof(model));
        }

        var (before, after) = includeNormalizer ? (parts[..i], parts[(i + 1)..]) : ([], []);
        var predictor = OnnxPredictor.Of(parts[i])!;
        var graph = new OnnxGraph(predictor.Task.Name);
        var outputs = new OnnxOutputs(graph, predictor, AddFeatures(graph, predictor, before));
        after.ForEach(outputs.Pass);
        foreach (var (column, value) in outputs.Columns)
        {
            graph.Output(column, value);
        }

        AtomicFile.Write(path, graph.ToModel(metadata ?? new Dictionary<string, string>()).WriteTo);
    }

    /// <summary>Adds what makes the features.</summary>
    private static string AddFeatures(OnnxGraph graph, OnnxPredictor predictor, List<ITransformer> before)
    {
        int i = before.FindLastIndex(part => TableChain.ReadOwn(part) is not null);
        if (i >= 0 && TableChain.ReadOwn(before[i])! is var table && OnnxFeatures.Trace(predictor, before[(i + 1)..]) is var rest && rest.Input == table.OutputColumnName)
        {
            var raw = table.Plan.Used.ToDictionary(column => column.Name, DataViewType (_) => TextDataViewType.Instance);
            foreach (var part in before[..i])
            {
                var effect = ColumnEffect.Of(part, raw);
                if (raw.Keys.FirstOrDefault(column => effect is null || effect.Writes.Contains(column)) is { } touched)
                {
                    throw Refuse(part, $"{(effect is null ? "may change" : "makes")} '{touched}' before FeaturizeTable reads it");
                }
            }

            return rest.Add(graph, new OnnxTable(graph).Add(table));
        }

        var features = OnnxFeatures.Trace(predictor, before);
        return features.Add(graph, graph.Input(features.Input, predictor.Form.Features).Name);
    }

    /// <summary>The error for a transformer that cannot become part of the file.</summary>
    /// <param name="transformer">It.</param>
    /// <param name="what">What it does.</param>
    internal static InvalidOperationException Refuse(ITransformer transformer, string what)
    {
        var type = transformer.GetType();
        string name = $"{type.DeclaringType?.Name}.{type.Name}".TrimStart('.').Split('`')[0];
        return new($"{name} {what}, which cannot become part of the ONNX file: export with includeNormalizer: false for the trainer's model alone.");
    }

    /// <summary>The parts of nested chains in order; the chains of a network and of a table's preparation stay whole.</summary>
    private static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        model is IEnumerable<ITransformer> parts && OnnxPredictor.Of(model) is null && TableChain.ReadOwn(model) is null ? parts.SelectMany(Flatten) : [model];
}
