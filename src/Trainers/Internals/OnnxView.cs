using System.Reflection;

namespace EE569.Trainers.Internals;

/// <summary>
/// A scored view that ML.NET's ConvertToOnnx understands. ConvertToOnnx walks from a transformed view back to the data and asks each view for its
/// nodes by an interface that is not public; the columns of a view without it become inputs of the file, without a word.
/// </summary>
internal class OnnxView : DispatchProxy
{
    private const string Interface = "Microsoft.ML.Model.OnnxConverter.ITransformCanSaveOnnx, Microsoft.ML.Data";
    private IDataView _scored = null!;
    private IDataView _source = null!;
    private ICanSaveModel _transformer = null!;
    private Action<object> _addNodes = null!;

    /// <param name="scored">The view.</param>
    /// <param name="source">The view that it scores.</param>
    /// <param name="transformer">What scores it.</param>
    /// <param name="addNodes">Adds its nodes to ML.NET's OnnxContext.</param>
    public static IDataView Create(IDataView scored, IDataView source, ICanSaveModel transformer, Action<object> addNodes)
    {
        var view = (OnnxView)Create(Type.GetType(Interface, throwOnError: true)!, typeof(OnnxView));
        (view._scored, view._source, view._transformer, view._addNodes) = (scored, source, transformer, addNodes);
        return (IDataView)(object)view;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "get_Source":
                return _source;
            case "CanSaveOnnx":
                return true;
            case "SaveAsOnnx":
                _addNodes(args![0]!);
                return null;
            default:
                object target = targetMethod.DeclaringType == typeof(IDataView) ? _scored : _transformer;
                return targetMethod.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        }
    }
}
