namespace EE569.Engine.Kernels.Lanes;

/// <summary>The register widths a kernel can be compiled for, in ascending order.</summary>
internal enum InstructionSet
{
    /// <summary>One number at a time.</summary>
    Scalar,

    /// <summary>128 bits: SSE, Neon.</summary>
    Vector128,

    /// <summary>256 bits: AVX2.</summary>
    Vector256,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512,
}
