using Google.Protobuf;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Transforms;
using Onnx;
using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>What becomes of a predictor's columns in the transformers after it.</summary>
internal sealed class OnnxOutputs
{
    private readonly OnnxGraph _graph;
    private readonly OnnxNetwork _network;
    private readonly DataViewSchema _scored;
    private Dictionary<string, OnnxValue> _columns;

    /// <param name="graph">The graph that gets the nodes.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="features">The value that it reads.</param>
    public OnnxOutputs(OnnxGraph graph, OnnxPredictor predictor, string features)
    {
        _graph = graph;
        _network = new OnnxNetwork(graph);
        _columns = _network.Add(predictor, features);
        _scored = predictor.Transformer.GetOutputSchema(LoadedNetwork.SchemaOf(predictor.Feature, predictor.Form.Features));
    }

    /// <summary>The values by column.</summary>
    public IReadOnlyDictionary<string, OnnxValue> Columns => _columns;

    /// <exception cref="InvalidOperationException">The transformer changes a prediction, or makes something of it, in a way that has no form here.</exception>
    public void Pass(ITransformer transformer)
    {
        switch (transformer)
        {
            case ColumnCopyingTransformer copy:
                Map(copy, (value, _) => value);
                break;
            case KeyToValueMappingTransformer names:
                Map(names, (value, output) => value.Type == DataType.Int64 ? ClassNames(value, output) : null);
                break;
            case ISingleFeaturePredictionTransformer<PlattCalibrator> calibrator when _columns.TryGetValue(calibrator.FeatureColumnName, out var score) && score is { Type: DataType.Float, Columns: 1 }:
                _columns[OutputColumns.Probability] = _network.Platt(score.Name, calibrator.Model.Slope, calibrator.Model.Offset, "calibrated");
                break;
            default:
                var effect = ColumnEffect.Of(transformer, _columns.ToDictionary(column => column.Key, column => TypeOf(column.Value)));
                if (_columns.Keys.FirstOrDefault(column => effect is null || effect.Writes.Contains(column) || effect.Reads.Contains(column)) is { } touched)
                {
                    throw OnnxExport.Refuse(transformer, effect is null ? $"may change '{touched}'" : $"changes '{touched}' or makes another column of it");
                }

                foreach (string gone in effect!.Drops)
                {
                    _columns.Remove(gone);
                }

                break;
        }
    }

    /// <summary>Applies a transformer of columns one by one: all are read before one is written.</summary>
    private void Map(OneToOneTransformerBase transformer, Func<OnnxValue, string, OnnxValue?> map)
    {
        var after = new Dictionary<string, OnnxValue>(_columns);
        foreach (var (output, input) in MLNetInternals.ColumnPairs(transformer))
        {
            if (_columns.TryGetValue(input, out var value))
            {
                after[output] = map(value, output) ?? throw OnnxExport.Refuse(transformer, $"makes '{output}' of '{input}'");
            }
            else if (_columns.ContainsKey(output))
            {
                throw OnnxExport.Refuse(transformer, $"replaces '{output}' by '{input}'");
            }
        }

        _columns = after;
    }

    /// <summary>The names of the predicted classes, as MapKeyToValue gives them.</summary>
    private OnnxValue? ClassNames(OnnxValue indices, string output)
    {
        var label = _scored[OutputColumns.PredictedLabel];
        var values = Internals.ClassNames.TypeOf(label) switch
        {
            var type when type == typeof(ReadOnlyMemory<char>) => new TensorProto
            {
                DataType = (int)DataType.String,
                StringData = { Internals.ClassNames.Values<ReadOnlyMemory<char>>(label).Select(name => ByteString.CopyFromUtf8(name.ToString())) },
            },
            var type when type == typeof(float) => new TensorProto { DataType = (int)DataType.Float, FloatData = { Internals.ClassNames.Values<float>(label) } },
            var type when type == typeof(double) => new TensorProto { DataType = (int)DataType.Double, DoubleData = { Internals.ClassNames.Values<double>(label) } },
            var type when type == typeof(int) => new TensorProto { DataType = (int)DataType.Int32, Int32Data = { Internals.ClassNames.Values<int>(label) } },
            var type when type == typeof(long) => new TensorProto { DataType = (int)DataType.Int64, Int64Data = { Internals.ClassNames.Values<long>(label) } },
            _ => null,
        };
        if (values is null)
        {
            return null;
        }

        values.Dims.Add(_columns.Values.Max(value => value.Columns));
        string table = _graph.Constant($"{output}.classes", values);
        return new(_graph.Node("Gather", $"{output}.class", [table, indices.Name]), (DataType)values.DataType, 1);
    }

    private static DataViewType TypeOf(OnnxValue value) => value switch
    {
        { Type: DataType.Bool } => BooleanDataViewType.Instance,
        { Type: DataType.Float, Columns: 1 } => NumberDataViewType.Single,
        { Type: DataType.Float } => new VectorDataViewType(NumberDataViewType.Single, value.Columns),
        { Type: DataType.String } => TextDataViewType.Instance,
        _ => new KeyDataViewType(typeof(uint), int.MaxValue),
    };
}
