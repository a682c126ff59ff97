namespace EE569.Engine.Graphs;

/// <summary>How well the gradient of a parameter agrees with central differences.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="RelativeError">The largest |ga - gn| / max(1e-4, |ga| + |gn|) over its elements.</param>
/// <param name="NormError">||ga - gn|| / (||ga|| + ||gn||) of the gradient as a whole; 0 where both are 0.</param>
public sealed record GradientError(string Parameter, double RelativeError, double NormError);
