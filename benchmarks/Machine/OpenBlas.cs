using System.Runtime.InteropServices;

namespace EE569.Benchmarks.Machine;

/// <summary>OpenBLAS's single-precision matrix product, when the library is installed (Debian: libopenblas0).</summary>
internal sealed unsafe class OpenBlas
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;
    private readonly delegate* unmanaged<int, void> _setThreads;

    private OpenBlas(IntPtr library)
    {
        _sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        _setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        var version = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_config");
        Version = Marshal.PtrToStringUTF8((IntPtr)version())!;
    }

    public string Version { get; }

    public static OpenBlas? TryLoad()
    {
        foreach (string name in new[] { "libopenblas.so.0", "libopenblas", "libopenblas.dylib" })
        {
            if (NativeLibrary.TryLoad(name, out IntPtr library))
            {
                return new OpenBlas(library);
            }
        }

        return null;
    }

    public void SetThreads(int threads) => _setThreads(threads);

    /// <summary>C = A B with either factor read transposed; all three dense and row-major.</summary>
    public void Multiply(bool transposeA, bool transposeB, int rows, int columns, int depth, float[] a, float[] b, float[] c)
    {
        fixed (float* aStart = a, bStart = b, cStart = c)
        {
            _sgemm(
                RowMajor, transposeA ? Transpose : NoTranspose, transposeB ? Transpose : NoTranspose, rows, columns, depth, 1,
                aStart, transposeA ? rows : depth, bStart, transposeB ? depth : columns, 0, cStart, columns);
        }
    }
}
