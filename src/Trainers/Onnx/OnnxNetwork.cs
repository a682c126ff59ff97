using Onnx;
using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>A network as ONNX nodes: Gemm per layer, the activations between, and the outputs of ML.NET's scorers.</summary>
/// <param name="graph">The graph that gets the nodes.</param>
internal sealed class OnnxNetwork(OnnxGraph graph)
{
    /// <summary>Adds a predictor.</summary>
    /// <param name="predictor">It.</param>
    /// <param name="features">The value that its first layer reads.</param>
    /// <returns>The values of its output columns by name.</returns>
    public Dictionary<string, OnnxValue> Add(OnnxPredictor predictor, string features)
    {
        string value = features;
        for (int i = 0; i < predictor.Layers.Count - 1; i++)
        {
            value = Activate(predictor.Layers[i].Activation, Gemm(predictor.Layers[i], value, $"affine{i + 1}", i + 1), $"hidden{i + 1}");
        }

        var last = predictor.Layers[^1];
        value = Gemm(last, value, predictor.Task == LearningTask.Multiclass ? "logits" : OutputColumns.Score, predictor.Layers.Count);
        return predictor.Task switch
        {
            LearningTask.Multiclass => Multiclass(value, last.Outputs),
            LearningTask.Binary => Binary(value, predictor),
            _ => new() { [OutputColumns.Score] = new(value, DataType.Float, 1) },
        };
    }

    /// <summary>1 / (1 + exp(slope score + offset)).</summary>
    /// <param name="score">The value of the score.</param>
    /// <param name="slope">The slope.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="output">The name of the probability.</param>
    public OnnxValue Platt(string score, double slope, double offset, string output)
    {
        if ((slope, offset) == (-1, 0))
        {
            return new(graph.Node("Sigmoid", output, [score]), DataType.Float, 1);
        }

        // In double precision, as ML.NET does it: slope and offset are large where the scores are close together.
        string wide = graph.Node("Cast", $"{output}.double", [score], ("to", (int)DataType.Double));
        string scaled = graph.Node("Mul", $"{output}.scaled", [wide, Double($"{output}.slope", -slope)]);
        string shifted = graph.Node("Sub", $"{output}.shifted", [scaled, Double($"{output}.offset", offset)]);
        return new(graph.Node("Cast", output, [graph.Node("Sigmoid", $"{output}.wide", [shifted])], ("to", (int)DataType.Float)), DataType.Float, 1);
    }

    private string Double(string name, double value) => graph.Constant(name, new TensorProto { DataType = (int)DataType.Double, Dims = { 1 }, DoubleData = { value } });

    private string Gemm(DenseLayer layer, string input, string output, int number)
    {
        string weights = graph.Constant($"W{number}", layer.Weights.Span, layer.Outputs, layer.Inputs);
        string biases = graph.Constant($"b{number}", layer.Biases.Span, layer.Outputs);
        return graph.Node("Gemm", output, [input, weights, biases], ("transB", 1));
    }

    private string Activate(Activation activation, string x, string output) => activation switch
    {
        Activation.Sigmoid => graph.Node("Sigmoid", output, [x]),
        Activation.Tanh => graph.Node("Tanh", output, [x]),
        Activation.ReLU => graph.Node("Relu", output, [x]),
        Activation.LeakyReLU => graph.Node("LeakyRelu", output, [x], ("alpha", 0.01f)),
        Activation.SELU => graph.Node("Selu", output, [x], ("alpha", 1.6732632423543772f), ("gamma", 1.0507009873554805f)),
        Activation.GELU => Gelu(x, output),
        Activation.Mish => graph.Node("Mul", output, [x, graph.Node("Tanh", $"{output}.tanh", [graph.Node("Softplus", $"{output}.softplus", [x])])]),
        _ => graph.Node("Identity", output, [x]),
    };

    // x/2 (1 + erf(x / sqrt 2))
    private string Gelu(string x, string output)
    {
        string half = graph.Constant($"{output}.half", [0.5f]);
        string one = graph.Constant($"{output}.one", [1f]);
        string inverseRoot = graph.Constant($"{output}.inverseRoot2", [float.Sqrt(0.5f)]);
        string erf = graph.Node("Erf", $"{output}.erf", [graph.Node("Mul", $"{output}.scaled", [x, inverseRoot])]);
        string sum = graph.Node("Add", $"{output}.sum", [erf, one]);
        return graph.Node("Mul", output, [graph.Node("Mul", $"{output}.halved", [x, half]), sum]);
    }

    private Dictionary<string, OnnxValue> Multiclass(string logits, int classes) => new()
    {
        [OutputColumns.Score] = new(graph.Node("Softmax", OutputColumns.Score, [logits], ("axis", 1)), DataType.Float, classes),
        [OutputColumns.PredictedLabel] = new(graph.Node("ArgMax", OutputColumns.PredictedLabel, [logits], ("axis", 1), ("keepdims", 1)), DataType.Int64, 1),
    };

    private Dictionary<string, OnnxValue> Binary(string score, OnnxPredictor predictor)
    {
        var probability = Platt(score, predictor.Platt.Slope, predictor.Platt.Offset, OutputColumns.Probability);
        string compared = predictor.Threshold.Column == OutputColumns.Probability ? probability.Name : score;
        string threshold = graph.Constant("threshold", [predictor.Threshold.Value]);
        return new()
        {
            [OutputColumns.Score] = new(score, DataType.Float, 1),
            [OutputColumns.Probability] = probability,
            [OutputColumns.PredictedLabel] = new(graph.Node("Greater", OutputColumns.PredictedLabel, [compared, threshold]), DataType.Bool, 1),
        };
    }
}
