namespace EE569.Engine.Kernels.Products;

/// <summary>The sizes of a linear layer's three products: X is rows x inputs, W outputs x inputs, Y rows x outputs.</summary>
/// <param name="Rows">Examples in the batch.</param>
/// <param name="Inputs">Features of an example.</param>
/// <param name="Outputs">Units of the layer.</param>
internal readonly record struct LayerShape(int Rows, int Inputs, int Outputs)
{
    /// <summary>Multiply-adds of each of the three products.</summary>
    public long MultiplyAdds => (long)Rows * Inputs * Outputs;
}
