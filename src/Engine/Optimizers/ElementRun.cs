namespace EE569.Engine.Optimizers;

/// <summary>Neighbouring elements.</summary>
/// <param name="First">The first.</param>
/// <param name="Length">How many.</param>
internal readonly record struct ElementRun(int First, int Length);
