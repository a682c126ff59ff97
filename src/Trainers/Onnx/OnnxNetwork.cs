using Onnx;
using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>A network as ONNX nodes: Gemm per layer, the activations between, and the outputs of ML.NET's scorers.</summary>
/// <param name="graph">The graph that gets the nodes.</param>
internal sealed class OnnxNetwork(OnnxGraph graph)
{
    private readonly Dictionary<DenseLayer, (string Weights, string Biases)> _layers = []; // those that members share stand once in the file

    /// <summary>Adds a predictor.</summary>
    /// <param name="predictor">It.</param>
    /// <param name="features">The value that its first layer reads.</param>
    /// <returns>The values of its output columns by name.</returns>
    public Dictionary<string, OnnxValue> Add(OnnxPredictor predictor, string features)
    {
        var values = new Dictionary<Stage, string>();
        _layers.Clear();
        foreach (var stage in predictor.Form.Stages)
        {
            string hidden = $"hidden{values.Count}";
            values[stage] = stage switch
            {
                Stage.Dense dense => Apply(dense.Function, Gemm(dense.Layer, values[dense.Inputs[0]], $"affine{values.Count}"), hidden),
                Stage.Elementwise map => Apply(map.Function, values[map.Inputs[0]], hidden),
                Stage.Scale scale => Scale(scale, values[scale.Inputs[0]], hidden),
                Stage.Concatenation => graph.Node("Concat", hidden, [.. stage.Inputs.Select(part => values[part])], ("axis", 1)),
                _ => features,
            };
        }

        var task = predictor.Task;
        string scores = Gemm(predictor.Form.Top, values[predictor.Form.Hidden], task == LearningTask.Multiclass ? "logits" : OutputColumns.Score);
        return task == LearningTask.Multiclass ? Multiclass(scores, predictor.Form.Top.Outputs)
            : task == LearningTask.Binary ? Binary(scores, predictor)
            : new() { [OutputColumns.Score] = new(scores, DataType.Float, 1) };
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

    private string Scale(Stage.Scale scale, string x, string output)
    {
        string centred = Array.TrueForAll(scale.Offsets, offset => offset == 0) ? x : graph.Node("Sub", $"{output}.centred", [x, graph.Constant($"{output}.offset", scale.Offsets)]);
        return graph.Node("Mul", output, [centred, graph.Constant($"{output}.scale", scale.Factors)]);
    }

    private string Gemm(DenseLayer layer, string input, string output)
    {
        if (!_layers.TryGetValue(layer, out var constants))
        {
            int number = _layers.Count + 1;
            constants = (graph.Constant($"W{number}", layer.Weights.Span, layer.Outputs, layer.Inputs), graph.Constant($"b{number}", layer.Biases.Span, layer.Outputs));
            _layers.Add(layer, constants);
        }

        var (weights, biases) = constants;
        return graph.Node("Gemm", output, [input, weights, biases], ("transB", 1));
    }

    private string Apply(StageFunction function, string x, string output) =>
        function == StageFunction.Softmax ? graph.Node("Softmax", output, [x], ("axis", 1))
        : function == StageFunction.Log ? graph.Node("Log", output, [graph.Node("Max", $"{output}.positive", [x, graph.Constant($"{output}.smallest", [1.17549435e-38f])])])
        : function == StageFunction.Cosine ? graph.Node("Cos", output, [x])
        : function == StageFunction.Cap ? graph.Node("Min", output, [x, graph.Constant($"{output}.one", [1f])])
        : function == StageFunction.Missing ? graph.Node("Cast", output, [graph.Node("IsNaN", $"{output}.isMissing", [x])], ("to", (int)DataType.Float))
        : function == StageFunction.SmoothClip ? SmoothClip(x, output)
        : function == StageFunction.Clip
            ? graph.Node("Min", output, [graph.Node("Max", $"{output}.positive", [x, graph.Constant($"{output}.zero", [0f])]), graph.Constant($"{output}.one", [1f])])
        : Activate(function.Activation!.Value, x, output);

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

    // x / sqrt(1 + x x / 9), of x within +-1e9, where it is +-3 to the last digit.
    private string SmoothClip(string x, string output)
    {
        string known = graph.Node("Where", $"{output}.known", [graph.Node("IsNaN", $"{output}.isMissing", [x]), graph.Constant($"{output}.zero", [0f]), x]);
        string lower = graph.Node("Max", $"{output}.lower", [known, graph.Constant($"{output}.low", [-1e9f])]);
        string limited = graph.Node("Min", $"{output}.limited", [lower, graph.Constant($"{output}.high", [1e9f])]);
        string square = graph.Node("Div", $"{output}.ninth", [graph.Node("Mul", $"{output}.square", [limited, limited]), graph.Constant($"{output}.nine", [9f])]);
        string root = graph.Node("Sqrt", $"{output}.root", [graph.Node("Add", $"{output}.sum", [graph.Constant($"{output}.one", [1f]), square])]);
        return graph.Node("Div", output, [limited, root]);
    }

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
