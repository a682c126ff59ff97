using EE569.Engine;
using EE569.Trainers.Data;
using EE569.Trainers.Scoring;
using Google.Protobuf;

namespace EE569.Trainers.Onnx;

/// <summary>A network as an ONNX graph: Gemm per layer, the activations between, and the outputs of ML.NET's scorers.</summary>
/// <param name="layers">The layers, normaliser folded in or not.</param>
/// <param name="task">What the last layer's values mean.</param>
/// <param name="feature">The name of the input.</param>
internal sealed class OnnxNetwork(IReadOnlyList<DenseLayer> layers, LearningTask task, string feature)
{
    private readonly OnnxGraph _graph = new();

    public ByteString ToModel()
    {
        _graph.Input(feature, OnnxGraph.Element.Float, layers[0].Inputs);
        string value = feature;
        for (int i = 0; i < layers.Count; i++)
        {
            bool isLast = i == layers.Count - 1;
            bool isScore = isLast && task != LearningTask.Multiclass;
            string affine = Gemm(layers[i], value, isScore ? OutputColumns.Score : $"affine{i + 1}", i + 1);
            value = isLast ? affine : Activate(layers[i].Activation, affine, $"hidden{i + 1}");
        }

        AddOutputs(value);
        return _graph.ToModel(task.ToString());
    }

    private string Gemm(DenseLayer layer, string input, string output, int number)
    {
        string weights = _graph.Constant($"W{number}", layer.Weights.Span, layer.Outputs, layer.Inputs);
        string biases = _graph.Constant($"b{number}", layer.Biases.Span, layer.Outputs);
        return _graph.Node("Gemm", output, [input, weights, biases], ("transB", 1));
    }

    private string Activate(Activation activation, string x, string output) => activation switch
    {
        Activation.Sigmoid => _graph.Node("Sigmoid", output, [x]),
        Activation.Tanh => _graph.Node("Tanh", output, [x]),
        Activation.ReLU => _graph.Node("Relu", output, [x]),
        Activation.LeakyReLU => _graph.Node("LeakyRelu", output, [x], ("alpha", 0.01f)),
        Activation.SELU => _graph.Node("Selu", output, [x], ("alpha", 1.6732632423543772f), ("gamma", 1.0507009873554805f)),
        Activation.GELU => Gelu(x, output),
        _ => _graph.Node("Identity", output, [x]),
    };

    // x/2 (1 + erf(x / sqrt 2))
    private string Gelu(string x, string output)
    {
        string half = _graph.Constant($"{output}.half", [0.5f]);
        string one = _graph.Constant($"{output}.one", [1f]);
        string inverseRoot = _graph.Constant($"{output}.inverseRoot2", [float.Sqrt(0.5f)]);
        string erf = _graph.Node("Erf", $"{output}.erf", [_graph.Node("Mul", $"{output}.scaled", [x, inverseRoot])]);
        string sum = _graph.Node("Add", $"{output}.sum", [erf, one]);
        return _graph.Node("Mul", output, [_graph.Node("Mul", $"{output}.halved", [x, half]), sum]);
    }

    private void AddOutputs(string last)
    {
        switch (task)
        {
            case LearningTask.Multiclass:
                _graph.Output(_graph.Node("Softmax", OutputColumns.Score, [last], ("axis", 1)), OnnxGraph.Element.Float, layers[^1].Outputs);
                _graph.Output(_graph.Node("ArgMax", OutputColumns.PredictedLabel, [last], ("axis", 1), ("keepdims", 1)), OnnxGraph.Element.Int64, 1);
                break;
            case LearningTask.Binary:
                _graph.Output(last, OnnxGraph.Element.Float, 1);
                _graph.Output(_graph.Node("Sigmoid", OutputColumns.Probability, [last]), OnnxGraph.Element.Float, 1);
                string zero = _graph.Constant("zero", [0f]);
                _graph.Output(_graph.Node("Greater", OutputColumns.PredictedLabel, [last, zero]), OnnxGraph.Element.Bool, 1);
                break;
            default:
                _graph.Output(last, OnnxGraph.Element.Float, 1);
                break;
        }
    }
}
