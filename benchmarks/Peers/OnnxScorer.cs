using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace EE569.Benchmarks.Peers;

/// <summary>A model that we exported, scored by ONNX Runtime: into memory that is laid out once.</summary>
internal sealed class OnnxScorer : IDisposable
{
    private static readonly string[] _input = ["Features"];
    private static readonly string[] _output = ["Score"];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    /// <param name="model">The model.</param>
    /// <param name="threads">Of one product.</param>
    public OnnxScorer(ITransformer model, int threads)
    {
        string file = Path.Combine(Path.GetTempPath(), $"ee569-scoring-{Environment.ProcessId}.onnx");
        try
        {
            model.SaveAsOnnx(file);
            _session = new InferenceSession(file, new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 });
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Scores rows, so many in a call.</summary>
    /// <returns>Seconds of a row.</returns>
    public double Score(float[] features, int rows, int classes, int rowsOfCall, float[] scores)
    {
        List<OrtValue> inputs = [], outputs = [];
        int width = features.Length / rows;
        for (int first = 0; first < rows; first += rowsOfCall)
        {
            int count = Math.Min(rowsOfCall, rows - first);
            inputs.Add(Tensor(features, first * width, count, width));
            outputs.Add(Tensor(scores, first * classes, count, classes));
        }

        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < inputs.Count; call++)
        {
            _session.Run(_options, _input, [inputs[call]], _output, [outputs[call]]);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        inputs.Concat(outputs).ToList().ForEach(value => value.Dispose());
        return seconds / rows;
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue Tensor(float[] values, int start, int rows, int columns) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(start, rows * columns), [rows, columns]);
}
