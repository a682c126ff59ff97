namespace EE569.Experiments.Studies.Data;

/// <summary>A normal distribution in the plane with independent coordinates.</summary>
internal readonly record struct GaussianCloud(double Mean1, double Mean2, double Variance1, double Variance2);
