using System.Runtime.InteropServices;
using Google.Protobuf;

namespace EE569.Trainers.Onnx;

/// <summary>An ONNX graph under construction. Field numbers are those of onnx.proto3 (IR version 7, operator set 13).</summary>
internal sealed class OnnxGraph
{
    private const int IrVersion = 7;
    private const int OperatorSet = 13;
    private const int AttributeFloat = 1;
    private const int AttributeInt = 2;
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];
    private readonly List<ProtoMessage> _inputs = [];
    private readonly List<ProtoMessage> _outputs = [];

    /// <summary>Element types of tensors.</summary>
    public enum Element
    {
        Float = 1,
        Int64 = 7,
        Bool = 9,
    }

    public void Input(string name, Element type, int columns) => _inputs.Add(ValueInfo(name, type, columns));

    public void Output(string name, Element type, int columns) => _outputs.Add(ValueInfo(name, type, columns));

    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions)
    {
        var tensor = new ProtoMessage();
        foreach (int dimension in dimensions)
        {
            tensor.Add(1, dimension);
        }

        // raw_data is little-endian by definition; .NET runs on little-endian machines only.
        _initializers.Add(tensor.Add(2, (long)Element.Float).Add(8, name).Add(9, ByteString.CopyFrom(MemoryMarshal.AsBytes(values))));
        return name;
    }

    public string Node(string operation, string output, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new ProtoMessage();
        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, output).Add(4, operation);
        foreach (var (name, value) in attributes)
        {
            var attribute = new ProtoMessage().Add(1, name);
            node.Add(5, value is float number ? attribute.Add(2, number).Add(20, AttributeFloat) : attribute.Add(3, (int)value).Add(20, AttributeInt));
        }

        _nodes.Add(node);
        return output;
    }

    public ByteString ToModel(string name)
    {
        var graph = new ProtoMessage();
        AddAll(graph, 1, _nodes);
        graph.Add(2, name);
        AddAll(graph, 5, _initializers);
        AddAll(graph, 11, _inputs);
        AddAll(graph, 12, _outputs);
        return new ProtoMessage()
            .Add(1, IrVersion)
            .Add(2, "EE569.Trainers")
            .Add(7, graph)
            .Add(8, new ProtoMessage().Add(1, "").Add(2, OperatorSet))
            .ToByteString();
    }

    private static void AddAll(ProtoMessage graph, int field, List<ProtoMessage> parts)
    {
        foreach (var part in parts)
        {
            graph.Add(field, part);
        }
    }

    private static ProtoMessage ValueInfo(string name, Element type, int columns)
    {
        var shape = new ProtoMessage()
            .Add(1, new ProtoMessage().Add(2, "batch"))
            .Add(1, new ProtoMessage().Add(1, columns));
        var tensor = new ProtoMessage().Add(1, (long)type).Add(2, shape);
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensor));
    }
}
