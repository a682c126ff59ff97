namespace EE569.Experiments.Studies.Data;

/// <summary>Scales every feature to mean 0 and deviation 1 by the training rows; a constant feature is only centred.</summary>
internal sealed class Standardizer
{
    private readonly double[] _mean;
    private readonly double[] _scale;

    public Standardizer(Matrix<float> train)
    {
        _mean = new double[train.Columns];
        _scale = new double[train.Columns];
        for (int column = 0; column < train.Columns; column++)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < train.Rows; row++)
            {
                sum += train[row, column];
            }

            _mean[column] = sum / train.Rows;
            for (int row = 0; row < train.Rows; row++)
            {
                double centred = train[row, column] - _mean[column];
                squares += centred * centred;
            }

            double deviation = Math.Sqrt(squares / train.Rows);
            _scale[column] = deviation > 1e-12 ? 1 / deviation : 1;
        }
    }

    /// <summary>A scaled copy.</summary>
    public Examples Apply(Examples examples)
    {
        Matrix<float> scaled = examples.Features.Clone();
        for (int row = 0; row < scaled.Rows; row++)
        {
            Span<float> values = scaled.Row(row);
            for (int column = 0; column < values.Length; column++)
            {
                values[column] = (float)((values[column] - _mean[column]) * _scale[column]);
            }
        }

        return examples with { Features = scaled };
    }
}
