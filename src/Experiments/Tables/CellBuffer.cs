using System.Runtime.CompilerServices;

namespace EE569.Experiments.Tables;

/// <summary>Values in one growing array of bytes, as a column of a DataFrame takes it over without a copy.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="expected">About how many there will be; memory beyond what is written is not touched.</param>
internal sealed class CellBuffer<T>(long expected)
    where T : unmanaged
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(16, expected) * Unsafe.SizeOf<T>()));

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Count * Unsafe.SizeOf<T>());

    public Span<T> Values => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(0, Count * Unsafe.SizeOf<T>()));

    public void Add(T value)
    {
        if ((Count + 1L) * Unsafe.SizeOf<T>() > _bytes.Length)
        {
            Grow();
        }

        Unsafe.WriteUnaligned(ref _bytes[Count++ * Unsafe.SizeOf<T>()], value);
    }

    private void Grow()
    {
        if (_bytes.Length > Array.MaxLength - 16)
        {
            throw new UserException($"The table has more than {Count} rows, too many for one column. Leave rows out.");
        }

        byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, (_bytes.Length * 3L / 2) + 16));
        _bytes.AsSpan().CopyTo(larger);
        _bytes = larger;
    }
}
