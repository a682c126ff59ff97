namespace Microsoft.ML.Data;

/// <summary>Metrics of predicted values; rows with a missing label or score are left out.</summary>
internal sealed class RegressionEvaluator
{
    private double _absolute, _squared, _loss, _labels, _squaredLabels;
    private long _count;

    public void Add(float score, float label)
    {
        float error = score - label;
        _absolute += Math.Abs(error);
        _squared += ((double)score - label) * ((double)score - label);
        _loss += error * error;
        _labels += label;
        _squaredLabels += label * label;
        _count++;
    }

    public RegressionMetrics Metrics()
    {
        double mean = _labels / _count;
        return new(_absolute / _count, _squared / _count, _loss / _count, _squaredLabels / _count - mean * mean);
    }
}
