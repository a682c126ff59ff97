using System.Diagnostics;
#if !MLNET_COMPAT
using System.Reflection;
#endif
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Optimizers;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Benchmarks.Studies;

/// <summary>Logistic regression through ML.NET's pipeline, beside its own learners on the same cached data view.</summary>
internal sealed class PipelineStudy(int repetitions, bool smoke, TextWriter log)
{
    private const string Ours = "EE569 MiniBatchLogisticRegression";
    private const string Reference = "ML.NET LbfgsLogisticRegression";

    public static IReadOnlyList<string> Workloads { get; } = ["logreg_small", "sparse_text"];

    /// <summary>Which ML.NET the build uses.</summary>
    public static string Library =>
#if MLNET_COMPAT
        "the offline subset of ML.NET in compat/";
#else
        $"Microsoft.ML {typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";
#endif

    public Section Run(IReadOnlyCollection<string> workloads)
    {
        log.WriteLine($"The built-in learners are those of {Library}.");
        var table = new MarkdownTable("workload", "learner", "median (range)", "log-loss (bits)", "log-loss / that of L-BFGS", "EE569 is faster by (range)");
        if (workloads.Contains("logreg_small"))
        {
            Compare("logreg_small", context => DataViews.Dense(context, smoke ? 2_000 : 200_000, 28), table, new Adam<float>(), batchSize: 64, epochs: 1, learningRate: 0.01);
        }

        if (workloads.Contains("sparse_text"))
        {
            Compare("sparse_text", context => DataViews.Sparse(context, smoke ? 1_000 : 100_000, smoke ? 2_000 : 100_000, 100), table, new LazyAdam<float>(), batchSize: 256, epochs: 2, learningRate: 0.02);
        }

        return new Section(
            "Logistic regression in ML.NET's pipeline",
            $"""
            logreg_small: 200,000 rows of 28 features. sparse_text: 100,000 rows of about 100 words out of 100,000. Every learner fits the same
            data view, cached in memory, in turn, {repetitions} times after a warm-up, its own way to the end with its default options, but EE569
            with a fixed number of epochs that brings it to the log-loss (over the training rows) of L-BFGS + 1 %; batches 64 and 256, Adam, 1 thread. The learners are those of {Library}.

            {table}
            """);
    }

    private void Compare(string name, Func<MLContext, IDataView> generate, MarkdownTable table, Optimizer<float> optimizer, int batchSize, int epochs, double learningRate)
    {
        var context = new MLContext(seed: 1);
        IDataView data = generate(context);
        (string Name, Func<ITransformer> Fit)[] learners = [.. Learners(context, data, optimizer, batchSize, epochs, learningRate)];
        Dictionary<string, double> logLoss = learners.ToDictionary(l => l.Name, l => context.BinaryClassification.Evaluate(l.Fit().Transform(data)).LogLoss);
        var seconds = learners.ToDictionary(l => l.Name, _ => new List<double>());
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            foreach ((string learner, Func<ITransformer> fit) in learners)
            {
                long start = Stopwatch.GetTimestamp();
                fit();
                seconds[learner].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        Series ours = new(seconds[Ours]);
        foreach ((string learner, _) in learners)
        {
            Series series = new(seconds[learner]);
            table.Add(
                learner == Ours ? name : "", learner, $"{Format.Seconds(series.Median)} ({Format.Seconds(series.Minimum)}–{Format.Seconds(series.Maximum)})",
                $"{logLoss[learner]:F4}", $"{logLoss[learner] / logLoss[Reference]:F3}", learner == Ours ? "" : Series.Ratio(series, ours).ToString());
            log.WriteLine($"{name,-12} {learner,-34} {Format.Seconds(series.Median),8} log-loss {logLoss[learner]:F4} x {Series.Ratio(series, ours)}");
        }
    }

    private static IEnumerable<(string Name, Func<ITransformer> Fit)> Learners(MLContext context, IDataView data, Optimizer<float> optimizer, int batchSize, int epochs, double learningRate)
    {
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers = context.BinaryClassification.Trainers;
        yield return (Ours, () => trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            BatchSize = batchSize,
            NumberOfEpochs = epochs,
            LearningRate = learningRate,
            LearningRateSchedule = Engine.Schedules.Schedules.Cosine(),
            Optimizer = optimizer,
            L2Regularization = 0,
            ConvergenceTolerance = null,
            NumberOfThreads = 1,
        }).Fit(data));
        yield return ("ML.NET SdcaLogisticRegression", () => trainers.SdcaLogisticRegression().Fit(data));
        yield return (Reference, () => trainers.LbfgsLogisticRegression().Fit(data));
#if !MLNET_COMPAT
        yield return ("ML.NET SgdCalibrated", () => trainers.SgdCalibrated().Fit(data));
#endif
    }
}
