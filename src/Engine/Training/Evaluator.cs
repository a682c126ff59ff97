namespace EE569.Engine.Training;

/// <summary>Evaluates a network on one data set again and again, in buffers that are made once.</summary>
internal sealed class Evaluator<T>(Network<T> network, DataSource<T> data, int batchSize, IGradientExchange<T>? exchange = null) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchReader<T> _reader = data.CreateReader(batchSize, network, data.HasSparseBatches(network));
    private readonly Metric _metric = new();

    public Evaluation Evaluate()
    {
        network.Graph.IsTraining = false;
        _metric.Reset();
        _reader.Start(shuffle: null);
        double lossSum = 0;
        double weightSum = 0;
        while (_reader.MoveNext())
        {
            _reader.Current.Present(network);
            network.Graph.Forward();
            network.Loss.Measure(_metric);
            lossSum += network.Loss.TotalWeight * double.CreateTruncating(network.Loss.Value[0, 0]);
            weightSum += network.Loss.TotalWeight;
        }

        Span<double> sums = [lossSum, weightSum];
        exchange?.ExchangeSums(sums);
        if (sums[1] == 0)
        {
            throw new ArgumentException("The weights of all rows are 0, so that there is nothing to evaluate; mind example and class weights.");
        }

        return new Evaluation(sums[0] / sums[1], _metric.Value);
    }

    public void Dispose() => _reader.Dispose();
}
