using System.Runtime.CompilerServices;

namespace EE569.Trainers.Internals;

/// <summary>ML.NET's graph under construction, which is not public: the members that a transformer needs to add its nodes.</summary>
internal static class MLNetOnnx
{
    private const string ContextType = "Microsoft.ML.Model.OnnxConverter.OnnxContext, Microsoft.ML.Data";
    private const string NodeType = "Microsoft.ML.Model.OnnxConverter.OnnxNode, Microsoft.ML.Data";

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern void CheckOpSetVersion([UnsafeAccessorType(ContextType)] object context, int minimum, string transformer);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern string GetVariableName([UnsafeAccessorType(ContextType)] object context, string column);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern string GetNodeName([UnsafeAccessorType(ContextType)] object context, string prefix);

    /// <summary>A name for a value; unless skip, it is from now on that of the column.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern string AddIntermediateVariable([UnsafeAccessorType(ContextType)] object context, DataViewType? type, string column, bool skip);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern string AddInitializer(
        [UnsafeAccessorType(ContextType)] object context, IEnumerable<float> values, IEnumerable<long> dimensions, string name, bool makeUniqueName);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern string AddInitializer(
        [UnsafeAccessorType(ContextType)] object context, IEnumerable<long> values, IEnumerable<long> dimensions, string name, bool makeUniqueName);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    [return: UnsafeAccessorType(NodeType)]
    public static extern object CreateNode(
        [UnsafeAccessorType(ContextType)] object context, string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string domain);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern void AddAttribute([UnsafeAccessorType(NodeType)] object node, string name, long value);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern void AddAttribute([UnsafeAccessorType(NodeType)] object node, string name, double value);
}
