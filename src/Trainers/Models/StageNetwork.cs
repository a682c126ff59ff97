using System.Numerics.Tensors;

namespace EE569.Trainers;

/// <summary>The network of a form behind its preparation of features: what scores.</summary>
internal sealed record StageNetwork(NetworkForm Form) : Architecture
{
    public static Network<float> Build(NetworkForm form, LossFunction loss) =>
        new StageNetwork(form) { Inputs = form.Prepared?.Stage.Width ?? form.Features, Outputs = form.Top.Outputs, Loss = loss }.Build<float>();

    // Only Build above makes one, in single precision: the casts cannot fail.
    protected override Node<T> Connect<T>(NetworkBuilder<T> builder)
    {
        var nodes = new Dictionary<Stage, Node<float>> { [Form.Prepared?.Stage ?? Form.Stages[0]] = (Input<float>)(object)builder.Input };
        var parameters = new Dictionary<DenseLayer, (Parameter<float> W, Parameter<float> B)>();
        foreach (var stage in Form.LearntStages)
        {
            nodes[stage] = stage switch
            {
                Stage.Dense dense => dense.Function.Apply(Linear(nodes[dense.Inputs[0]], dense.Layer)),
                Stage.Elementwise map => map.Function.Apply(nodes[map.Inputs[0]]),
                Stage.Scale scale => new StageNode(nodes[scale.Inputs[0]], (x, y) =>
                {
                    TensorPrimitives.Subtract(x, scale.Offsets, y);
                    TensorPrimitives.Multiply(y, scale.Factors, y);
                }),
                Stage.Features => (Input<float>)(object)builder.Input, // each member of a bag may have its own
                _ => new Concatenate<float>([.. stage.Inputs.Select(part => nodes[part])]),
            };
        }

        return (Node<T>)(object)Linear(nodes[Form.Hidden], Form.Top);

        // Layers that members share stand once in memory.
        Linear<float> Linear(Node<float> x, DenseLayer layer)
        {
            var (weights, biases) = parameters.TryGetValue(layer, out var known) ? known : parameters[layer] = ParametersOf(layer);
            return new(x, weights, biases);
        }
    }

    private static (Parameter<float> W, Parameter<float> B) ParametersOf(DenseLayer layer)
    {
        var weights = new Parameter<float>("W", layer.Outputs, layer.Inputs);
        var biases = new Parameter<float>("b", 1, layer.Outputs, ParameterGroup.Biases);
        layer.Weights.Span.CopyTo(weights.Value.Values);
        layer.Biases.Span.CopyTo(biases.Value.Values);
        return (weights, biases);
    }
}
