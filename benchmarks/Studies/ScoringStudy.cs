using System.Diagnostics;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Studies;

/// <summary>Scoring of many rows at once and of one row at a time, by ML.NET, by ONNX Runtime on our exported file and by libtorch with our weights.</summary>
internal sealed class ScoringStudy(PeerProcess? torch, Race race, bool smoke, TextWriter log)
{
    private const string Ours = "EE569 SoftmaxMlp";
    private const string Onnx = "ONNX Runtime on the exported file";
    private const string Label = nameof(VectorExample.Class);

    /// <summary>So many rows of a call keep ONNX Runtime's and libtorch's layers in the second-level cache.</summary>
    private const int RowsOfCall = 1_000;

    private int Trees => smoke ? 2 : 100;

    private readonly MLContext _context = new(seed: 1);

    public static IReadOnlyList<string> Ways { get; } = ["scoring_bulk", "scoring_rows"];

    public Part Measure(string way)
    {
        bool isBulk = way == Ways[0];
        int rows = smoke ? 2_000 : isBulk ? 200_000 : 20_000;
        var shape = new NetworkWorkload("scoring", rows, [20, 64, 2], 256, 1, "adam", 1e-3, 1, SyntheticRows.Clusters());
        LabelledRows labelled = shape.Generate(shape);
        IDataView data = DataViews.Of(_context, labelled, shape.Classes, isSparse: false);
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = _context.MulticlassClassification.Trainers;
        var network = trainers.SoftmaxMlp(new SoftmaxMlpTrainer.Options
        {
            LabelColumnName = Label,
            HiddenLayers = shape.Layers[1..^1],
            Activation = shape.Activation,
            NumberOfEpochs = 1,
            PrepareData = false,
            EarlyStopping = null,
        }).Fit(data);
        (string, ITransformer)[] models =
        [
            (Ours, network),
            ("ML.NET LbfgsMaximumEntropy", trainers.LbfgsMaximumEntropy(Label).Fit(data)),
            ("ML.NET FastTree", _context.BinaryClassification.Trainers.FastTree(numberOfTrees: Trees).Fit(data)),
            ("ML.NET LightGBM", _context.BinaryClassification.Trainers.LightGbm(numberOfIterations: Trees).Fit(data)),
        ];
        using var prepared = new PreparedWorkload(shape, [.. network.Model.Layers.SelectMany(layer => layer.Weights.ToArray().Concat(layer.Biases.ToArray()))]);
        using var one = new OnnxScorer(network, 1);
        using var all = new OnnxScorer(network, Environment.ProcessorCount);
        CheckAgreement(network, one, labelled, data, prepared);

        float[] scores = new float[rows * shape.Classes];
        Contender OfOnnx(OnnxScorer scorer, int threads, int rowsOfCall) =>
            new(Onnx, threads, () => new Outcome(scorer.Score(labelled.Values, rows, shape.Classes, rowsOfCall, scores), 0));
        Contender[] contenders =
        [
            .. models.Select(model => isBulk
                ? new Contender(model.Item1, 1, () => new Outcome(DataViews.Read(model.Item2.Transform(data), "Score") / rows, 0))
                : OneByOne(model.Item1, model.Item2, labelled)),
            OfOnnx(one, 1, isBulk ? RowsOfCall : 1),
            .. isBulk ? [OfOnnx(all, Environment.ProcessorCount, rows)] : Array.Empty<Contender>(),
            .. torch is null ? [] : new[] { new Contender(torch.Name, 1, () => torch.Score(prepared.SpecificationPath, 1, !isBulk)) },
        ];
        IReadOnlyDictionary<Contender, Race.Runs> runs = race.Run(contenders);
        Race.Runs ours = runs[contenders[0]];
        foreach (Contender contender in contenders)
        {
            log.WriteLine($"{way}: {contender.Name,-34} {contender.Threads} threads {runs[contender].Seconds.ToString(Format.Seconds)} a row");
        }

        Contender best = contenders.Where(contender => contender.Name == Onnx || contender.Name == torch?.Name).MinBy(contender => runs[contender].Seconds.Median)!;
        return new Part(
            "Scoring", isBulk ? BulkIntroduction(rows) : RowIntroduction(rows), ["model", "threads", "a row, median (range)", "time / EE569's"],
            [.. contenders.Select(contender => new[]
            {
                contender.Name, $"{contender.Threads}", runs[contender].Seconds.ToString(Format.Seconds), contender == contenders[0] ? "" : runs[contender].Over(ours).ToString(),
            })],
            [
                isBulk
                    ? Verdict.AtLeast("scoring: rows of a network through one cursor", 5, new Series(ours.Seconds.Values.Select(seconds => 1e-6 / seconds)), rate => $"{Format.Number(rate)} M/s")
                    : Verdict.AtLeast($"scoring: a prediction engine is faster than {best.Name}", 1, runs[best].Over(ours)),
            ]);
    }

    private static string BulkIntroduction(int rows) =>
        $"""
        Many rows: {rows:N0} in memory through a network of 20-64-2 (relu), by ML.NET through one cursor that reads the Score column, by ONNX Runtime in calls of {RowsOfCall:N0} rows on one thread and
        in a single call on all, by libtorch in a single call. ONNX Runtime's and libtorch's scores are checked to be ours. FastTree and LightGBM have 100 trees, as by default.
        """;

    private static string RowIntroduction(int rows) =>
        $"""
        One row at a time: {rows:N0} rows of the same, by ML.NET's PredictionEngine, and by calls of ONNX Runtime and libtorch with one row each, into memory laid out before.
        """;

    /// <summary>Our scores beside ONNX Runtime's row by row, and our loss beside libtorch's.</summary>
    private void CheckAgreement(SoftmaxMlpTransformer network, OnnxScorer onnx, LabelledRows rows, IDataView data, PreparedWorkload prepared)
    {
        float[] ours = [.. network.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)], theirs = new float[ours.Length];
        int classes = ours.Length / rows.Rows;
        onnx.Score(rows.Values, rows.Rows, classes, RowsOfCall, theirs);
        float difference = ours.Zip(theirs, (a, b) => MathF.Abs(a - b)).Max();
        log.WriteLine($"scoring: ONNX Runtime's scores differ from ours by at most {difference:G2}");
        double loss = Enumerable.Range(0, rows.Rows).Average(row => -Math.Log(theirs[(row * classes) + rows.Labels[row]]));
        double ofTorch = torch?.Score(prepared.SpecificationPath, 1, isRowByRow: false).Loss ?? loss;
        log.WriteLine($"scoring: log-loss {loss:G6}, {torch?.Name ?? "libtorch (missing)"} {ofTorch:G6}");
        if (!(difference <= 1e-5f && Math.Abs(loss - ofTorch) <= 1e-4 * loss))
        {
            throw new InvalidOperationException("ONNX Runtime or libtorch scores the same network otherwise than we do; see the lines above.");
        }
    }

    private Contender OneByOne(string name, ITransformer model, LabelledRows rows)
    {
        VectorExample[] examples = [.. DataViews.Examples(rows, isSparse: false)];
        SchemaDefinition schema = VectorExample.Schema(rows.Features, classes: 2);
        Action<VectorExample> predict = model.GetOutputSchema(DataViews.Of(_context, rows, 2, isSparse: false).Schema)["Score"].Type is VectorDataViewType
            ? Engine<VectorScore>()
            : Engine<NumberScore>();
        return new Contender(name, 1, () =>
        {
            long start = Stopwatch.GetTimestamp();
            foreach (VectorExample example in examples)
            {
                predict(example);
            }

            return new Outcome(Stopwatch.GetElapsedTime(start).TotalSeconds / examples.Length, 0);
        });

        Action<VectorExample> Engine<TScore>()
            where TScore : class, new()
        {
            PredictionEngine<VectorExample, TScore> engine = _context.Model.CreatePredictionEngine<VectorExample, TScore>(model, ignoreMissingColumns: true, inputSchemaDefinition: schema);
            var score = new TScore();
            return example => engine.Predict(example, ref score);
        }
    }

    private sealed class VectorScore
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class NumberScore
    {
        public float Score { get; set; }
    }
}
