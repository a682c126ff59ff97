namespace EE569.Trainers;

/// <summary>
/// A step of a fitted network from the features to the scores. The few kinds there are have each a form in ML.NET's transformers, in ONNX and in the
/// engine, so whatever an architecture says in them is saved, read back, exported and scored. Stages that read the same one share it.
/// </summary>
internal abstract class Stage
{
    private Stage(int width, params IReadOnlyList<Stage> inputs) => (Width, Inputs) = (width, inputs);

    /// <summary>Values per example.</summary>
    public int Width { get; }

    /// <summary>The stages that it reads.</summary>
    public IReadOnlyList<Stage> Inputs { get; }

    /// <summary>The features.</summary>
    public sealed class Features(int width) : Stage(width);

    /// <summary>f(W x + b). The first stage behind the features is one of these: a saved chain says by it which column it reads.</summary>
    public sealed class Dense(Stage input, DenseLayer layer, StageFunction function) : Stage(layer.Outputs, input)
    {
        public Dense(Stage input, DenseLayer layer)
            : this(input, layer, StageFunction.Of(layer.Activation))
        {
        }

        public DenseLayer Layer => layer;

        public StageFunction Function => function;
    }

    /// <summary>f(x), element by element.</summary>
    public sealed class Elementwise(Stage input, StageFunction function) : Stage(input.Width, input)
    {
        public StageFunction Function => function;
    }

    /// <summary>(x - offset) factor, element by element. Without offsets, only dense stages and the last layer read it.</summary>
    public sealed class Scale(Stage input, float[] offsets, float[] factors) : Stage(input.Width, input)
    {
        public float[] Offsets => offsets;

        public float[] Factors => factors;

        /// <summary>Whether it is factors alone, which in ML.NET's transformers become part of the weights behind it.</summary>
        public bool IsPartOfWeights { get; } = Array.TrueForAll(offsets, offset => offset == 0) && input is not Features;
    }

    /// <summary>[x1, x2, ...]: such as x beside f(x), or the members of an ensemble.</summary>
    public sealed class Concatenation(params IReadOnlyList<Stage> parts) : Stage(parts.Sum(part => part.Width), parts);
}
