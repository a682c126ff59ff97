using System.Runtime.Intrinsics;

namespace EE569.Engine.Kernels.Lanes;

/// <summary>What this processor offers, as the runtime reports it (the DOTNET_Enable… switches count).</summary>
internal static class InstructionSets
{
    /// <summary>The widest registers that the processor runs at full speed.</summary>
    public static InstructionSet Widest =>
        Vector512.IsHardwareAccelerated ? InstructionSet.Vector512
        : Vector256.IsHardwareAccelerated ? InstructionSet.Vector256
        : Vector128.IsHardwareAccelerated ? InstructionSet.Vector128
        : InstructionSet.Scalar;

    /// <summary>The widest registers for numbers of type <typeparamref name="T"/>: only float and double have vector arithmetic.</summary>
    public static InstructionSet WidestFor<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) ? Widest : InstructionSet.Scalar;

    /// <summary>Numbers of type <typeparamref name="T"/> in one register.</summary>
    public static unsafe int WidthOf<T>(this InstructionSet instructions)
        where T : unmanaged => instructions switch
        {
            InstructionSet.Vector512 => 64 / sizeof(T),
            InstructionSet.Vector256 => 32 / sizeof(T),
            InstructionSet.Vector128 => 16 / sizeof(T),
            _ => 1,
        };
}
