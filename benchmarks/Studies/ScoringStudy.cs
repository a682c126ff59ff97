using System.Diagnostics;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Studies;

/// <summary>Rows scored per second through a data view's cursor.</summary>
internal sealed class ScoringStudy(int repetitions, bool smoke, TextWriter log)
{
    private const int Features = 20;

    public Section Run()
    {
        int rows = smoke ? 2_000 : 200_000;
        var context = new MLContext(seed: 1);
        IDataView data = DataViews.Dense(context, rows, Features);
        IDataView few = context.Data.TakeRows(data, 2_000);
        var network = context.MulticlassClassification.Trainers.SoftmaxMlp(
            labelColumnName: nameof(VectorExample.Class), hiddenLayers: [64], numberOfEpochs: 1).Fit(few);
        var linear = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(nameof(VectorExample.Class)).Fit(few);

        List<double> nothing = [], ofNetwork = [], ofLinear = [];
        for (int repetition = 0; repetition < repetitions + 2; repetition++)
        {
            nothing.Add(rows / Read(data, "Features"));
            ofNetwork.Add(rows / Read(network.Transform(data), "Score"));
            ofLinear.Add(rows / Read(linear.Transform(data), "Score"));
        }

        var table = new MarkdownTable("what a cursor reads", "million rows a second, median (range)");
        List<Verdict> verdicts = [];
        foreach ((string name, List<double> rates) in new[]
        {
            ("the cached features alone", nothing), ($"scores of SoftmaxMlp {Features}-64-2", ofNetwork), ($"scores of LbfgsMaximumEntropy {Features}-2", ofLinear),
        })
        {
            Series series = new(rates.Skip(2).Select(rate => rate / 1e6));
            table.Add(name, series.ToString());
            if (rates == ofNetwork)
            {
                verdicts.Add(new Verdict("scoring: rows of a network through one cursor", "5 M/s", $"{series} M/s", series.Median >= 5));
            }

            log.WriteLine($"scoring: {name}: {series} million rows a second");
        }

        return new Section(
            "Scoring",
            $"""
            One cursor over {rows:N0} rows in memory, reading the Score column; {PipelineStudy.Library}.

            {table}
            """,
            Verdicts: verdicts);
    }

    private static double Read(IDataView view, string columnName)
    {
        DataViewSchema.Column column = view.Schema[columnName];
        long start = Stopwatch.GetTimestamp();
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
