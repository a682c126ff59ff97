using System.Diagnostics;
using EE569.Benchmarks.Machine;
using EE569.Engine.Kernels.Products;
using EE569.Engine.Parallel;

namespace EE569.Benchmarks.Studies;

/// <summary>The three products of a layer, ours and OpenBLAS's, on the same numbers.</summary>
internal sealed class LayerProducts(LayerShape shape)
{
    private readonly float[] _x = Numbers(shape.Rows * shape.Inputs);
    private readonly float[] _w = Numbers(shape.Outputs * shape.Inputs);
    private readonly float[] _bias = Numbers(shape.Outputs);
    private readonly float[] _y = Numbers(shape.Rows * shape.Outputs);
    private readonly float[] _dx = new float[shape.Rows * shape.Inputs];
    private readonly float[] _dw = new float[shape.Outputs * shape.Inputs];

    public double Flops => 2.0 * shape.MultiplyAdds;

    public void Forward(Workers workers) => MatrixProduct.Forward<float>(shape, _x, _w, _bias, _y, workers);

    public void WeightGradient(Workers workers) => MatrixProduct.WeightGradient<float>(shape, _y, _x, _dw, workers);

    public void InputGradient(Workers workers) => MatrixProduct.InputGradient<float>(shape, _y, _w, _dx, workers);

    public void Forward(OpenBlas blas) => blas.Multiply(false, true, shape.Rows, shape.Outputs, shape.Inputs, _x, _w, _y);

    public void WeightGradient(OpenBlas blas) => blas.Multiply(true, false, shape.Outputs, shape.Inputs, shape.Rows, _y, _x, _dw);

    public void InputGradient(OpenBlas blas) => blas.Multiply(false, false, shape.Rows, shape.Inputs, shape.Outputs, _y, _w, _dx);

    /// <summary>The best of calls on one thread.</summary>
    public double Seconds(Action<Workers> product) => Seconds(() => product(Workers.Single));

    /// <summary>The best of calls for some milliseconds.</summary>
    public double Seconds(Action product, int milliseconds = 10)
    {
        double best = double.PositiveInfinity;
        int calls = (int)Math.Clamp(1e7 / shape.MultiplyAdds, 1, 1000);
        var watch = Stopwatch.StartNew();
        do
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                product();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }
        while (watch.ElapsedMilliseconds < milliseconds);

        return best;
    }

    private static float[] Numbers(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }
}
