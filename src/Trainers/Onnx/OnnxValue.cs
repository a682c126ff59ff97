using Onnx;

namespace EE569.Trainers.Onnx;

/// <summary>A value of a graph: a row per example.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Columns">Elements per example.</param>
internal sealed record OnnxValue(string Name, TensorProto.Types.DataType Type, int Columns);
