using System.Runtime.InteropServices;

namespace EE569.Engine.Parallel;

/// <summary>
/// The memory in which a thread packs factors: aligned to cache lines, kept from one product to the next, freed with the thread.
/// </summary>
internal sealed unsafe class Workspace
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Workspace? _current;

    private void* _memory;
    private nuint _bytes;

    private Workspace()
    {
    }

    ~Workspace() => NativeMemory.AlignedFree(_memory);

    /// <summary>At least <paramref name="bytes"/> bytes; the content is arbitrary and the next call may reuse them.</summary>
    public static void* Rent(nuint bytes)
    {
        Workspace workspace = _current ??= new Workspace();
        if (workspace._bytes < bytes)
        {
            NativeMemory.AlignedFree(workspace._memory);
            workspace._bytes = 0;
            workspace._memory = NativeMemory.AlignedAlloc(bytes, Alignment);
            workspace._bytes = bytes;
        }

        return workspace._memory;
    }
}
