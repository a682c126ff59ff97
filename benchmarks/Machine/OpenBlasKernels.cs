using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Studies;
using EE569.Engine.Kernels.Products;

namespace EE569.Benchmarks.Machine;

/// <summary>
/// OpenBLAS chooses its kernels by the model number of the processor. A release older than the processor falls back to kernels without AVX,
/// up to ten times slower, and a variable in the environment overrides the choice; PyTorch and scikit-learn inherit both. So that they show
/// what they can, each choice is tried in a process of its own, and the fastest is used.
/// </summary>
internal static partial class OpenBlasKernels
{
    public const string CommandName = "blas-speed";

    private const string Variable = "OPENBLAS_CORETYPE";

    private static (string Kernels, double Gigaflops)[] _tried = [];

    /// <summary>Sets the variable for this process's native libraries, which do not see .NET's own environment, and for its children.</summary>
    public static void Choose()
    {
        if (!OperatingSystem.IsLinux() || OpenBlas.TryLoad() is null)
        {
            return;
        }

        string[] known = Vector512.IsHardwareAccelerated ? ["Haswell", "Zen", "SkylakeX", "Cooperlake"] : Avx2.IsSupported ? ["Haswell", "Zen"] : [];
        string[] choices = ["", Environment.GetEnvironmentVariable(Variable) ?? "", .. known];
        _tried = [.. choices.Distinct().Select(kernels => (kernels, Try(kernels))).OrderByDescending(choice => choice.Item2)];
        Environment.SetEnvironmentVariable(Variable, _tried[0].Kernels);
        if (SetEnvironmentVariable(Variable, _tried[0].Kernels, 1) != 0)
        {
            throw new InvalidOperationException($"The C library refused to set {Variable}.");
        }
    }

    /// <summary>What was tried and what is used.</summary>
    public static string Describe() => _tried.Length == 0
        ? "OpenBLAS is not installed."
        : $"OpenBLAS is told to use its fastest kernels, GFLOP/s of 512 x 1024 x 1024 on one thread: {string.Join(", ", _tried.Select(choice => $"{Name(choice.Kernels)} {Format.Number(choice.Gigaflops)}"))}.";

    /// <summary>Prints the GFLOP/s of a product in this process.</summary>
    public static void PrintSpeed()
    {
        var products = new LayerProducts(new LayerShape(512, 1024, 1024));
        OpenBlas blas = OpenBlas.TryLoad()!;
        blas.SetThreads(1);
        Console.WriteLine((products.Flops / products.Seconds(() => products.Forward(blas), milliseconds: 100) / 1e9).ToString(CultureInfo.InvariantCulture));
    }

    private static string Name(string kernels) => kernels.Length == 0 ? "its own choice" : kernels;

    private static double Try(string kernels)
    {
        ProcessStartInfo start = Self.Start(CommandName);
        start.Environment[Variable] = kernels;
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out double gigaflops) ? gigaflops : 0;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
