using System.Diagnostics;
using System.Reflection;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Optimizers;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Benchmarks.Studies;

/// <summary>Logistic regression through ML.NET's pipeline, beside its own learners on the same cached data view.</summary>
internal sealed class PipelineStudy(PythonPeer? scikitLearn, int repetitions, TimeSpan warmUp, bool smoke, TextWriter log)
{
    private const string Ours = "EE569 MiniBatchLogisticRegression";
    private const string Reference = "ML.NET LbfgsLogisticRegression";

    private static readonly string[] _scikitModels = ["SGDClassifier", "LogisticRegression"];

    private readonly List<Verdict> _verdicts = [];

    public static IReadOnlyList<string> Workloads { get; } = ["logreg_small", "sparse_text"];

    /// <summary>The ML.NET in use.</summary>
    public static string Library =>
        $"Microsoft.ML {typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    public Section Run(IReadOnlyCollection<string> workloads)
    {
        var table = new MarkdownTable("workload", "learner", "median (range)", "log-loss (bits)", "log-loss / that of L-BFGS", "EE569 is faster by (range)");
        if (workloads.Contains("logreg_small"))
        {
            Compare("logreg_small", context => DataViews.Dense(context, smoke ? 2_000 : 200_000, 28), table, new Adam<float>(), batchSize: 64, learningRate: 0.01);
        }

        if (workloads.Contains("sparse_text"))
        {
            Compare(
                "sparse_text", context => DataViews.Sparse(context, smoke ? 1_000 : 100_000, smoke ? 2_000 : 100_000, 100), table,
                new AdaGrad<float>(), batchSize: 1024, learningRate: 1);
        }

        return new Section(
            "Logistic regression in ML.NET's pipeline",
            $"""
            logreg_small: 200,000 rows of 28 features. sparse_text: 100,000 rows of about 100 words out of 100,000. Every learner fits the same
            rows (ML.NET's and ours a data view cached in memory, scikit-learn's arrays), in turn, {repetitions} times after a warm-up, its own way to the end with its
            default options, but EE569 with one epoch, which brings it below the log-loss (over the training rows) of L-BFGS + 1 %: Adam with batches of
            64 and AdaGrad with batches of 1024, 1 thread. ML.NET is {Library}; scikit-learn has 1 thread.

            {table}
            """,
            Verdicts: _verdicts);
    }

    private void Compare(string name, Func<MLContext, IDataView> generate, MarkdownTable table, Optimizer<float> optimizer, int batchSize, double learningRate)
    {
        var context = new MLContext(seed: 1);
        IDataView data = generate(context);
        using var files = new LinearDataFiles(data);
        PipelineLearner[] learners = [.. Learners(context, data, optimizer, batchSize, learningRate), .. ScikitLearners(files)];
        Dictionary<string, double> bits = learners.ToDictionary(l => l.Name, l => WarmUp(l).Loss / Math.Log(2));
        var seconds = learners.ToDictionary(l => l.Name, _ => new List<double>());
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            foreach (PipelineLearner learner in learners)
            {
                seconds[learner.Name].Add(learner.Fit().Seconds);
            }
        }

        Series ours = new(seconds[Ours]);
        foreach (PipelineLearner learner in learners)
        {
            Series series = new(seconds[learner.Name]), ratio = Series.Ratio(series, ours);
            double relative = bits[learner.Name] / bits[Reference];
            table.Add(
                learner.Name == Ours ? name : "", learner.Name, $"{Format.Seconds(series.Median)} ({Format.Seconds(series.Minimum)}–{Format.Seconds(series.Maximum)})",
                $"{bits[learner.Name]:F4}", $"{relative:F3}", learner.Name == Ours ? "" : ratio.ToString());
            log.WriteLine($"{name,-12} {learner.Name,-34} {Format.Seconds(series.Median),8} log-loss {bits[learner.Name]:F4} x {ratio}");
            if (learner.Name != Ours && learner.Name.StartsWith("ML.NET", StringComparison.Ordinal))
            {
                bool isLow = bits[Ours] <= 1.01 * bits[Reference] && bits[Ours] <= Math.Max(bits[learner.Name], 1.01 * bits[Reference]);
                _verdicts.Add(new Verdict($"{name}: below the log-loss of L-BFGS + 1 % sooner than {learner.Name} ends", "1 x", $"{ratio} x, log-loss {bits[Ours]:F3} and {bits[learner.Name]:F3}", isLow && ratio.Median > 1));
            }
        }
    }

    /// <summary>Fits for a while, at least once: the just-in-time compiler needs several fits to compile the loops fully.</summary>
    private Outcome WarmUp(PipelineLearner learner)
    {
        var watch = Stopwatch.StartNew();
        Outcome outcome;
        do
        {
            outcome = learner.Fit();
        }
        while (watch.Elapsed < warmUp);

        return outcome;
    }

    private IEnumerable<PipelineLearner> ScikitLearners(LinearDataFiles files) =>
        from model in scikitLearn is null ? [] : _scikitModels
        let specification = files.Specification(model)
        select new PipelineLearner($"scikit-learn {model}", () => scikitLearn!.Train(specification, 1));

    private static IEnumerable<PipelineLearner> Learners(MLContext context, IDataView data, Optimizer<float> optimizer, int batchSize, double learningRate)
    {
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers = context.BinaryClassification.Trainers;
        yield return Learner(Ours, () => trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            BatchSize = batchSize,
            NumberOfEpochs = 1,
            LearningRate = learningRate,
            LearningRateSchedule = Engine.Schedules.Schedules.Cosine(),
            Optimizer = optimizer,
            L2Regularization = 0,
            ConvergenceTolerance = null,
            NumberOfThreads = 1,
        }).Fit(data));
        yield return Learner("ML.NET SdcaLogisticRegression", () => trainers.SdcaLogisticRegression().Fit(data));
        yield return Learner(Reference, () => trainers.LbfgsLogisticRegression().Fit(data));
        yield return Learner("ML.NET SgdCalibrated", () => trainers.SgdCalibrated().Fit(data));

        PipelineLearner Learner(string name, Func<ITransformer> fit)
        {
            double? loss = null;
            return new PipelineLearner(name, () =>
            {
                TimeSpan processorStart = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                ITransformer model = fit();
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                double processorSeconds = (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;
                loss ??= context.BinaryClassification.Evaluate(model.Transform(data)).LogLoss * Math.Log(2);
                return new Outcome(seconds, processorSeconds, loss.Value);
            });
        }
    }
}
