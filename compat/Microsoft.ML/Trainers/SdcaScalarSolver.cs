namespace Microsoft.ML.Trainers;

/// <summary>Stochastic dual coordinate ascent for a loss of one score.</summary>
internal sealed class SdcaScalarSolver : SdcaSolver
{
    private readonly ISupportSdcaLoss _loss;
    private readonly float _positiveWeight;
    private readonly float[] _duals;
    private readonly float[] _invariants;

    public SdcaScalarSolver(TrainingRows rows, ISupportSdcaLoss loss, SdcaSettings settings) : base(rows, 1, settings)
    {
        (_loss, _positiveWeight) = (loss, settings.PositiveInstanceWeight);
        _duals = new float[rows.Count];
        _invariants = new float[rows.Count];
        for (int i = 0; i < rows.Count; i++)
            _invariants[i] = loss.ComputeDualUpdateInvariant((rows[i].NormSquared + 1) * Importance(rows[i]) * DualScale);
    }

    protected override void Step(TrainingRows.Row row, int i)
    {
        float change = _loss.DualUpdate(Score(0, row), row.Label, _duals[i], _invariants[i], 1);
        _duals[i] += change;
        Move(0, row, change * Importance(row));
    }

    protected override (double Primal, double Dual) Losses(TrainingRows.Row row, int i)
    {
        double importance = Importance(row);
        return (importance * _loss.Loss(Score(0, row), row.Label), importance * _loss.DualLoss(row.Label, _duals[i]));
    }

    private float Importance(TrainingRows.Row row) => row.Weight * (row.Label > 0 ? _positiveWeight : 1);
}
