using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>An ONNX graph under construction (IR version 7, operator set 13; 9 and 20 where text is taken apart).</summary>
/// <param name="name">Its name.</param>
internal sealed class OnnxGraph(string name)
{
    /// <summary>The operators that are not of ONNX's own set, and the versions of their sets.</summary>
    private static readonly Dictionary<string, string> Domains = new() { ["LabelEncoder"] = "ai.onnx.ml", ["Tokenizer"] = "com.microsoft" };
    private static readonly Dictionary<string, long> Versions = new() { ["ai.onnx.ml"] = 2, ["com.microsoft"] = 1 };
    private int _operatorSet = 13;
    private readonly List<(string Name, OnnxValue Value)> _outputs = [];
    private readonly HashSet<string> _names = [];
    private readonly List<(string Name, OnnxValue Value)> _inputs = [];
    private readonly GraphProto _graph = new() { Name = name };

    /// <summary>Adds an input, a matrix. Inside the graph it has a name of its own, as the outputs have.</summary>
    public OnnxValue Input(string name, int columns, DataType type = DataType.Float)
    {
        var input = new OnnxValue(Free("input", _names), type, columns);
        _inputs.Add((name, input));
        return input;
    }

    /// <summary>Says that nodes follow which earlier operator sets do not have.</summary>
    public void Require(int operatorSet) => _operatorSet = int.Max(_operatorSet, operatorSet);

    /// <param name="name">The name that users see, which need not be that of the value.</param>
    /// <param name="value">The value.</param>
    public void Output(string name, OnnxValue value) => _outputs.Add((name, value));

    public string Constant(string name, ReadOnlySpan<float> values, params long[] dimensions) =>
        // raw_data is little-endian by definition; .NET runs on little-endian machines only.
        Constant(name, new TensorProto { DataType = (int)DataType.Float, Dims = { dimensions.Length > 0 ? dimensions : [values.Length] }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) });

    public string Constant(string name, TensorProto tensor)
    {
        tensor.Name = Free(name, _names);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    public string Constant(string name, params long[] values) =>
        Constant(name, new TensorProto { DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } });

    public string Constant(string name, string text) =>
        Constant(name, new TensorProto { DataType = (int)DataType.String, Dims = { 1 }, StringData = { ByteString.CopyFromUtf8(text) } });

    public string Node(string operation, string output, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        output = Free(output, _names);
        var node = new NodeProto
        {
            OpType = operation,
            Name = output,
            Input = { inputs },
            Output = { output },
            Domain = Domains.GetValueOrDefault(operation, ""),
        };
        foreach (var (attribute, value) in attributes)
        {
            node.Attribute.Add(value switch
            {
                float number => new AttributeProto { Name = attribute, Type = AttributeType.Float, F = number },
                string text => new AttributeProto { Name = attribute, Type = AttributeType.String, S = ByteString.CopyFromUtf8(text) },
                string[] texts => new AttributeProto { Name = attribute, Type = AttributeType.Strings, Strings = { texts.Select(ByteString.CopyFromUtf8) } },
                long[] numbers => new AttributeProto { Name = attribute, Type = AttributeType.Ints, Ints = { numbers } },
                float[] numbers => new AttributeProto { Name = attribute, Type = AttributeType.Floats, Floats = { numbers } },
                _ => new AttributeProto { Name = attribute, Type = AttributeType.Int, I = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) },
            });
        }

        if (operation == "StringSplit")
        {
            node.Output.Add(Free($"{output}.counts", _names));
        }

        _graph.Node.Add(node);
        return output;
    }

    /// <param name="metadata">What the file is to tell of itself.</param>
    public ModelProto ToModel(IEnumerable<KeyValuePair<string, string>> metadata) => new()
    {
        MetadataProps = { metadata.Select(item => new StringStringEntryProto { Key = item.Key, Value = item.Value }) },
        IrVersion = _operatorSet == 13 ? 7 : 9,
        ProducerName = "EE569.Trainers",
        OpsetImport =
        {
            new OperatorSetIdProto { Version = _operatorSet },
            _graph.Node.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct().Select(domain => new OperatorSetIdProto { Domain = domain, Version = Versions[domain] }),
        },
        Graph = Build(),
    };

    /// <summary>The graph with the names of its inputs and outputs. In ONNX one name stands for one value: an input gives way to an output of its name, an inner value to both.</summary>
    public GraphProto Build()
    {
        var graph = _graph.Clone();
        var taken = _outputs.Concat(_inputs).Select(value => value.Name).ToHashSet();
        var outputs = _outputs.Select(output => output.Name).ToHashSet();
        var names = new Dictionary<string, string>();
        foreach (var (name, input) in _inputs)
        {
            names[input.Name] = outputs.Contains(name) ? Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name} {number}").First(taken.Add) : name;
            graph.Input.Add(ValueInfo(names[input.Name], input));
        }

        foreach (var (output, value) in _outputs)
        {
            names.TryAdd(value.Name, output);
        }

        foreach (string inner in graph.Initializer.Select(tensor => tensor.Name).Concat(graph.Node.Select(node => node.Name)).Where(inner => !names.ContainsKey(inner)))
        {
            names[inner] = Free(inner, taken);
        }

        foreach (var tensor in graph.Initializer)
        {
            tensor.Name = names[tensor.Name];
        }

        foreach (var node in graph.Node)
        {
            string[] inputs = [.. node.Input.Select(input => names[input])];
            node.Input.Clear();
            node.Input.Add(inputs);
            node.Output[0] = node.Name = names[node.Name];
        }

        foreach (var (output, value) in _outputs)
        {
            graph.Output.Add(ValueInfo(output, value));
            if (names[value.Name] is var first && first != output)
            {
                graph.Node.Add(new NodeProto { OpType = "Identity", Name = output, Input = { first }, Output = { output } });
            }
        }

        return graph;
    }

    private static string Free(string name, HashSet<string> taken) => taken.Add(name) ? name : Free(name + "_", taken);

    private static ValueInfoProto ValueInfo(string name, OnnxValue value) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)value.Type,
                Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" }, new TensorShapeProto.Types.Dimension { DimValue = value.Columns } } },
            },
        },
    };
}
