namespace EE569.Engine.Initializers;

/// <summary>Draws one weight of a layer.</summary>
/// <param name="random">The generator to draw from.</param>
/// <param name="fanIn">Number of inputs of the layer.</param>
/// <param name="fanOut">Number of outputs of the layer.</param>
public delegate double Initializer(ref SplitMix64 random, int fanIn, int fanOut);
