namespace EE569.Engine.Kernels;

/// <summary>Rows of the batch, inputs and outputs of the layer.</summary>
internal readonly record struct LayerShape(int Rows, int Inputs, int Outputs);
