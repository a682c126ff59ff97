using System.Runtime.InteropServices;

namespace EE569.Distributed;

/// <summary>
/// The functions of libmpi that are used. Open MPI and MPICH (and what shares its binary interface: Intel MPI, MVAPICH) differ in what a handle is - a pointer to an exported
/// object, or a number - and in a few constants; both pass in a register.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    private const int ThreadSerialized = 2;

    private readonly nint _library;
    private readonly nint _world;
    private readonly nint _byte;
    private readonly void* _statusIgnore;
    private readonly delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, nint, nint*, int> _allGather;
    private readonly delegate* unmanaged<nint*, int*, void*, int> _test;

    private MpiLibrary(nint library)
    {
        _library = library;
        bool isOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _world);
        _byte = isOpenMpi ? NativeLibrary.GetExport(library, "ompi_mpi_byte") : 0x4c00010d;
        _world = isOpenMpi ? _world : 0x44000000;
        _statusIgnore = isOpenMpi ? null : (void*)1;
        _allGather = (delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, nint, nint*, int>)Function("MPI_Iallgatherv");
        _test = (delegate* unmanaged<nint*, int*, void*, int>)Function("MPI_Test");
    }

    /// <summary>Loads the library that the launcher belongs to.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static MpiLibrary Load()
    {
        string[] openMpi = ["libmpi.so.40"], mpich = ["libmpich.so.12", "libmpi.so.12"];
        string[] names = [.. Environment.GetEnvironmentVariable("PMI_SIZE") is null ? openMpi.Concat(mpich) : mpich.Concat(openMpi), "libmpi.so"];
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new MpiLibrary(library);
            }
        }

        throw new DllNotFoundException($"No MPI library was found ({string.Join(", ", names)}). Install Open MPI or MPICH, and start with its mpirun.");
    }

    /// <summary>Starts MPI.</summary>
    public (int Rank, int Size) Initialize()
    {
        int provided, rank, size;
        Check(((delegate* unmanaged<void*, void*, int, int*, int>)Function("MPI_Init_thread"))(null, null, ThreadSerialized, &provided), "MPI_Init_thread");
        if (provided < ThreadSerialized)
        {
            throw new InvalidOperationException("This MPI library may be called by one thread only; it must allow MPI_THREAD_SERIALIZED.");
        }

        Check(((delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_rank"))(_world, &rank), "MPI_Comm_rank");
        Check(((delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_size"))(_world, &size), "MPI_Comm_size");
        return (rank, size);
    }

    /// <summary>Starts a gathering of bytes, whose buffers must stay where they are until it is <see cref="IsDone"/>.</summary>
    public nint StartAllGather(byte* own, int length, byte* all, int* lengths, int* starts)
    {
        nint request = 0;
        Check(_allGather(own, length, _byte, all, lengths, starts, _byte, _world, &request), "MPI_Iallgatherv");
        return request;
    }

    /// <summary>Moves a gathering on.</summary>
    public bool IsDone(ref nint request)
    {
        int done;
        fixed (nint* handle = &request)
        {
            Check(_test(handle, &done, _statusIgnore), "MPI_Test");
        }

        return done != 0;
    }

    /// <summary>Ends all ranks.</summary>
    public void Abort(int exitCode) => ((delegate* unmanaged<nint, int, int>)Function("MPI_Abort"))(_world, exitCode);

    /// <summary>Ends MPI, when all ranks do.</summary>
    public void Complete() => ((delegate* unmanaged<int>)Function("MPI_Finalize"))();

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"{function} failed with code {code}.");
        }
    }
}
