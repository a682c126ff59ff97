namespace EE569.Experiments.Statistics;

/// <summary>Rows of about the same predicted probability.</summary>
/// <param name="Predicted">Their mean predicted probability.</param>
/// <param name="CameTrue">For how many the event came true.</param>
/// <param name="Rows">How many there are.</param>
internal sealed record CalibrationBin(double Predicted, int CameTrue, int Rows)
{
    /// <summary>The share for which the event came true.</summary>
    public double Observed => (double)CameTrue / Rows;

    /// <summary>Wilson's 95 % interval for that share.</summary>
    public WilsonInterval Interval => WilsonInterval.For(CameTrue, Rows);
}
