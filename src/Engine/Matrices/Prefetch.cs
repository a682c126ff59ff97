using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace EE569.Engine.Matrices;

/// <summary>Tells the processor what will be read soon, where it can be told: a row from anywhere in memory is then on its way already.</summary>
internal static unsafe class Prefetch
{
    private const int LineLength = 64;

    /// <summary>Fetches the lines of a span into the caches.</summary>
    public static void Read<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        fixed (byte* start = bytes)
        {
            for (int i = 0; i < bytes.Length; i += LineLength)
            {
                Sse.Prefetch0(start + i);
            }
        }
    }
}
