using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EE569.Benchmarks.Machine;

/// <summary>
/// OpenBLAS chooses its kernels by the model number of the processor. A release older than the processor falls back to kernels without AVX,
/// up to ten times slower; PyTorch and scikit-learn inherit that. So that they show what they can, it is told which kernels suit.
/// </summary>
internal static partial class OpenBlasKernels
{
    private const string Variable = "OPENBLAS_CORETYPE";

    /// <summary>The kernels for the instructions of this processor, or what the user has set; null to leave the choice to OpenBLAS.</summary>
    public static string? Name { get; } = Environment.GetEnvironmentVariable(Variable)
        ?? (Vector512.IsHardwareAccelerated ? "SkylakeX" : Avx2.IsSupported ? "Haswell" : null);

    /// <summary>Sets the variable for this process's native libraries, which do not see .NET's own environment, and for its children.</summary>
    public static void Choose()
    {
        if (Name is not null && OperatingSystem.IsLinux())
        {
            Environment.SetEnvironmentVariable(Variable, Name);
            if (SetEnvironmentVariable(Variable, Name, 1) != 0)
            {
                throw new InvalidOperationException($"The C library refused to set {Variable}.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
