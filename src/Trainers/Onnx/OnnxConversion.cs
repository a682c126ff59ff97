using System.Runtime.InteropServices;
using Onnx;
using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>A network as part of the file that ML.NET's ConvertToOnnx writes.</summary>
internal static class OnnxConversion
{
    private const int OldestOperatorSet = 9;

    /// <summary>Adds the nodes of a network to ML.NET's graph. A predicted class is there, as everywhere in ML.NET, a key that counts from 1.</summary>
    /// <param name="context">ML.NET's OnnxContext.</param>
    /// <param name="network">The network.</param>
    /// <param name="scored">The schema with its columns.</param>
    public static void AddNodes(object context, ITransformer network, DataViewSchema scored)
    {
        MLNetOnnx.CheckOpSetVersion(context, OldestOperatorSet, network.GetType().Name);
        var predictor = OnnxPredictor.Of(network)!;
        var graph = new OnnxGraph(predictor.Task.Name);
        var columns = new OnnxNetwork(graph).Add(predictor, graph.Input(predictor.Feature, predictor.Form.Features).Name);
        foreach (var (column, value) in columns)
        {
            graph.Output(column, value.Type == DataType.Int64 ? Key(graph, value) : value);
        }

        Copy(graph.Build(), context, predictor.Feature, scored);
    }

    private static OnnxValue Key(OnnxGraph graph, OnnxValue index)
    {
        string one = graph.Constant("one", new TensorProto { DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 1 } });
        string key = graph.Node("Cast", "key", [graph.Node("Add", "index1", [index.Name, one])], ("to", (int)DataType.Uint32));
        return new(key, DataType.Uint32, 1);
    }

    private static void Copy(GraphProto graph, object context, string feature, DataViewSchema scored)
    {
        var names = new Dictionary<string, string> { [feature] = MLNetOnnx.GetVariableName(context, feature) };
        foreach (var tensor in graph.Initializer)
        {
            names[tensor.Name] = tensor.DataType == (int)DataType.Float
                ? MLNetOnnx.AddInitializer(context, MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray(), tensor.Dims, tensor.Name, makeUniqueName: true)
                : MLNetOnnx.AddInitializer(context, tensor.Int64Data, tensor.Dims, tensor.Name, makeUniqueName: true);
        }

        var outputs = graph.Output.Select(output => output.Name).ToHashSet();
        foreach (var node in graph.Node)
        {
            bool isColumn = outputs.Contains(node.Name);
            names[node.Name] = MLNetOnnx.AddIntermediateVariable(context, isColumn ? scored[node.Name].Type : null, node.Name, skip: !isColumn);
            object copy = MLNetOnnx.CreateNode(context, node.OpType, [.. node.Input.Select(input => names[input])], [names[node.Name]], MLNetOnnx.GetNodeName(context, node.OpType), domain: "");
            foreach (var attribute in node.Attribute)
            {
                if (attribute.Type == AttributeProto.Types.AttributeType.Int)
                {
                    MLNetOnnx.AddAttribute(copy, attribute.Name, attribute.I);
                }
                else
                {
                    MLNetOnnx.AddAttribute(copy, attribute.Name, (double)attribute.F);
                }
            }
        }
    }
}
