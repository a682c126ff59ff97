using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>An exported model in ONNX Runtime.</summary>
internal sealed class OnnxFile : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxFile(string path) => _session = new InferenceSession(path, new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 });

    public string Input => _session.InputNames.Single();

    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>Exports a model and opens the file, which is not needed any longer.</summary>
    public static OnnxFile Of(ITransformer model, bool includeNormalizer = true)
    {
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"), includeNormalizer);
        return new OnnxFile(folder.File("model.onnx"));
    }

    /// <summary>The outputs by name, row after row; numbers as double, Booleans as 0 and 1.</summary>
    public Dictionary<string, object[]> Run(float[][] rows)
    {
        var input = new DenseTensor<float>(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor(Input, input)]);
        return results.ToDictionary(result => result.Name, Values);
    }

    public void Dispose() => _session.Dispose();

    private static object[] Values(DisposableNamedOnnxValue value) => value.ElementType switch
    {
        TensorElementType.String => [.. value.AsEnumerable<string>()],
        TensorElementType.Bool => Numbers<bool>(value),
        TensorElementType.Int32 => Numbers<int>(value),
        TensorElementType.Int64 => Numbers<long>(value),
        TensorElementType.Double => Numbers<double>(value),
        _ => Numbers<float>(value),
    };

    private static object[] Numbers<T>(DisposableNamedOnnxValue value)
        where T : IConvertible => [.. value.AsEnumerable<T>().Select(number => (object)number.ToDouble(CultureInfo.InvariantCulture))];
}
