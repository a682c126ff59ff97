using System.Numerics.Tensors;

namespace EE569.Trainers;

/// <summary>The function of a stage, in the language of ML.NET's Expression transform and as a node of the engine; its ONNX operators are in OnnxNetwork.</summary>
internal sealed class StageFunction
{
    /// <summary>The probabilities of classes. Only behind a dense layer: ML.NET's scorer of a softmax regression computes both.</summary>
    public static readonly StageFunction Softmax = new("Softmax", "x => x", Softmaxes);

    /// <summary>The natural logarithm, of numbers below the smallest normal one that of 1.2e-38.</summary>
    public static readonly StageFunction Log = new("Log", "x => ln(max(x, 1.17549435e-38f))", (x, y) =>
    {
        TensorPrimitives.Max(x, 1.17549435e-38f, y);
        TensorPrimitives.Log(y, y);
    });

    /// <summary>The cosine of an angle.</summary>
    public static readonly StageFunction Cosine = new("Cosine", "x => cos(x)", (x, y) => TensorPrimitives.Cos(x, y));

    /// <summary>min(max(x, 0), 1).</summary>
    public static readonly StageFunction Clip = new("Clip", "x => min(max(x, 0), 1)", (x, y) => TensorPrimitives.Clamp(x, 0, 1, y));

    /// <summary>min(x, 1).</summary>
    public static readonly StageFunction Cap = new("Cap", "x => min(x, 1)", (x, y) => TensorPrimitives.Min(x, 1, y));

    /// <summary>x / sqrt(1 + (x / 3)^2), which lies within +-3; 0 where x is missing.</summary>
    public static readonly StageFunction SmoothClip = new("SmoothClip", "x => isna(x) ? 0f : abs(x) < 1000000000f ? x / sqrt(1 + x * x / 9) : (x > 0 ? 3f : -3f)", FeatureScaler.SmoothClip);

    /// <summary>1 where x is missing, else 0.</summary>
    public static readonly StageFunction Missing = new("Missing", "x => isna(x) ? 1f : 0f", (x, y) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = float.IsNaN(x[i]) ? 1 : 0;
        }
    });

    private static readonly Dictionary<string, StageFunction> All =
        new[] { Softmax, Log, Cosine, Clip, Cap, SmoothClip, Missing }.Concat(Enum.GetValues<Activation>().Select(activation => new StageFunction(activation))).ToDictionary(function => function.Name);

    private readonly StageMap? _map;

    private StageFunction(string name, string expression, StageMap map) => (Name, Expression, _map) = (name, expression, map);

    private StageFunction(Activation activation) => (Name, Expression, Activation) = (activation.ToString(), ExpressionOf(activation), activation);

    /// <summary>Its name, by which a saved chain is read back.</summary>
    public string Name { get; }

    /// <summary>In the language of ML.NET's Expression transform.</summary>
    public string Expression { get; }

    /// <summary>Which activation it is, if it is one.</summary>
    public Activation? Activation { get; }

    public static StageFunction Of(Activation activation) => All[activation.ToString()];

    /// <returns>Null if there is none of that name.</returns>
    public static StageFunction? Of(string name) => All.GetValueOrDefault(name);

    /// <summary>The function behind a node.</summary>
    public Node<float> Apply(Node<float> x) => Activation is { } activation ? activation.Apply(x) : new StageNode(x, _map!);

    private static void Softmaxes(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Divide(y, TensorPrimitives.Sum<float>(y), y);
    }

    private static string ExpressionOf(Activation activation) => activation switch
    {
        Engine.Activations.Activation.Sigmoid => "x => 1 / (1 + exp(-x))",
        Engine.Activations.Activation.Tanh => "x => tanh(x)",
        Engine.Activations.Activation.ReLU => "x => max(x, 0)",
        Engine.Activations.Activation.LeakyReLU => "x => x > 0 ? x : 0.01f * x",
        Engine.Activations.Activation.SELU => "x => x > 0 ? 1.0507009873554805f * x : 1.7580993408473766f * (exp(x) - 1)",
        Engine.Activations.Activation.GELU => Gelu,
        Engine.Activations.Activation.Mish => Mish,
        _ => "x => x",
    };

    // x tanh(log(1 + exp(x))) in exp(-|x|), which overflows nowhere.
    private const string Mish =
        "x => x * (x > 0 ? (1 + 2 * exp(-x)) / (1 + 2 * exp(-x) * (1 + exp(-x))) : exp(x) * (2 + exp(x)) / (2 + exp(x) * (2 + exp(x))))";

    // The language has no erf: Abramowitz and Stegun 7.1.26, whose error is below 1.5e-7, on |x| / sqrt 2.
    // x Phi(x) = max(x, 0) - |x| Phi(-|x|), and Phi(-|x|) = exp(-x^2/2) t (a1 + t (a2 + ...)) / 2 with t = 1 / (1 + p |x| / sqrt 2).
    private const string T = "(1 / (1 + 0.23164189f * abs(x)))";
    private const string Gelu =
        $"x => max(x, 0) - abs(x) * 0.5f * exp(-0.5f * x * x) * {T} * (0.254829592f + {T} * (-0.284496736f + {T} * (1.421413741f + {T} * (-1.453152027f + {T} * 1.061405429f))))";
}
