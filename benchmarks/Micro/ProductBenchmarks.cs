using BenchmarkDotNet.Attributes;
using EE569.Engine.Kernels.Products;
using EE569.Engine.Parallel;

namespace EE569.Benchmarks.Micro;

/// <summary>The three products of a layer on one thread.</summary>
[MemoryDiagnoser]
public class ProductBenchmarks
{
    private float[] _x = [];
    private float[] _w = [];
    private float[] _y = [];

    [Params("512x1024x1024", "200x784x100", "256x54x128", "10x2x10", "1x2x10", "1x784x100")]
    public string Layer { get; set; } = "";

    private LayerShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Layer.Split('x').Select(int.Parse)];
        Shape = new LayerShape(sizes[0], sizes[1], sizes[2]);
        (_x, _w, _y) = (new float[sizes[0] * sizes[1]], new float[sizes[2] * sizes[1]], new float[sizes[0] * sizes[2]]);
    }

    [Benchmark]
    public void Forward() => MatrixProduct.Forward<float>(Shape, _x, _w, [], _y, Workers.Single);

    [Benchmark]
    public void WeightGradient() => MatrixProduct.WeightGradient<float>(Shape, _y, _x, _w, Workers.Single);

    [Benchmark]
    public void InputGradient() => MatrixProduct.InputGradient<float>(Shape, _y, _w, _x, Workers.Single);
}
