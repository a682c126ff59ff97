using BenchmarkDotNet.Attributes;
using EE569.Engine.Activations;
using EE569.Engine.Kernels.Elements;

namespace EE569.Benchmarks.Micro;

/// <summary>Element-wise functions and a gradient.</summary>
[MemoryDiagnoser]
public class ActivationBenchmarks
{
    private float[] _x = [];
    private float[] _y = [];

    [Params(10, 4096)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _x = [.. Enumerable.Range(0, Length).Select(i => MathF.Sin(i))];
        _y = new float[Length];
    }

    [Benchmark]
    public void Tanh() => ElementMap.Apply<Tanh<float>.Function, float>(_x, _y);

    [Benchmark]
    public void Sigmoid() => ElementMap.Apply<Sigmoid<float>.Function, float>(_x, _y);

    [Benchmark]
    public void GELU() => ElementMap.Apply<GELU<float>.Function, float>(_x, _y);

    [Benchmark]
    public void TanhGradient() => ElementMap.Apply<Tanh<float>.Derivative, float>(_x, _x, _y);
}
