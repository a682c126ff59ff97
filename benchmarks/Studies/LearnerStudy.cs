using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Optimizers;
using EE569.Engine.Schedules;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Benchmarks.Studies;

/// <summary>Linear models and networks in ML.NET's pipeline, beside its own learners, trees, and scikit-learn, on the same cached data view.</summary>
internal sealed class LearnerStudy(PeerProcess? scikitLearn, Race race, bool smoke, TextWriter log)
{
    private const string Ours = "EE569, defaults";
    private const string OursTuned = "EE569, one epoch";
    private const string Lbfgs = "L-BFGS";

    private string Introduction =>
        $"""
        logreg_small: 200,000 rows of 28 features; sparse_text: 100,000 rows of about 100 words out of 100,000; both of two classes. softmax_tabular: 200,000 rows of 54 features, 7 classes.
        Every learner fits the same rows (ML.NET's and ours a data view cached in memory, scikit-learn's arrays) in turn {race.Repetitions} times after a warm-up (3 times if a fit takes over
        {Race.SlowSeconds} s), its own way to the end with its default options and threads (the network: 5 epochs); "one epoch" is the same trainer as "defaults" with Adam in batches of 64 or, on
        sparse_text, AdaGrad in batches of 1024, a cosine schedule, no L2 and one thread. The log-loss is over the training rows, relative to that of L-BFGS. Scoring: the Score column through one cursor.
        """;

    public static IReadOnlyList<string> Workloads { get; } = ["logreg_small", "sparse_text", "softmax_tabular"];

    public Part Measure(string workload)
    {
        var context = new MLContext(seed: 1);
        IDataView data = Data(context, workload);
        using var files = new LinearDataFiles(data);
        Dictionary<string, PipelineLearner> learners = (workload == "softmax_tabular" ? OfClasses(context) : OfTwoClasses(context, workload == "sparse_text"))
            .ToDictionary(learner => learner.Name, learner => new PipelineLearner(context, data, learner.Create));
        string[] scikitModels = scikitLearn is null ? [] : ["SGDClassifier", "LogisticRegression"];
        Contender[] contenders =
        [
            .. learners.Select(learner => new Contender(learner.Key, 0, learner.Value.Fit)),
            .. from model in scikitModels
               let specification = files.Specification(model)
               select new Contender($"scikit-learn {model}", 1, () => scikitLearn!.Train(specification, 1)),
        ];
        IReadOnlyDictionary<Contender, Race.Runs> runs = race.Run(contenders);
        Race.Runs Of(string name) => runs[contenders.Single(contender => contender.Name == name)];
        double reference = Of(Lbfgs).Loss;
        List<string[]> table = [];
        foreach (Contender contender in contenders)
        {
            Race.Runs own = runs[contender];
            PipelineLearner? learner = learners.GetValueOrDefault(contender.Name);
            table.Add([
                contender == contenders[0] ? workload : "", contender.Name, own.Seconds.ToString(Format.Seconds), double.IsNaN(own.Loss) ? "" : $"{own.Loss:F4}",
                double.IsNaN(own.Loss) ? "" : $"{own.Loss / reference:F3}", learner is null ? "" : Format.Percent(learner.Accuracy),
                learner is null ? "" : Format.Seconds(Enumerable.Range(0, 3).Min(_ => learner.Score(files.Rows))), contender.Name == Ours ? "" : own.Over(Of(Ours)).ToString(),
            ]);
            log.WriteLine($"{workload,-15} {contender.Name,-34} {Format.Seconds(own.Seconds.Median),8} log-loss {own.Loss:F4}, {own.Loss / reference:F3} of L-BFGS's");
        }

        string fastest = LinearNames(learners.Keys).Where(name => Of(name).Loss <= 1.01 * reference).MinBy(name => Of(name).Seconds.Median)!;
        return new Part(
            "Learners in ML.NET's pipeline", Introduction,
            ["workload", "learner", "fit, median (range)", "log-loss (nats)", "/ that of L-BFGS", "accuracy", "scoring, a row", "time / that of EE569's defaults"], [.. table],
            [
                Verdict.AtMost($"{workload}: log-loss of the defaults over that of L-BFGS", 1.01, new Series([Of(Ours).Loss / reference]), ratio => $"{ratio:F3}"),
                Verdict.AtLeast($"{workload}: the defaults end sooner than {fastest}, the fastest of ML.NET's linear learners with a log-loss within 1 % of L-BFGS", 1, Of(fastest).Over(Of(Ours))),
            ]);
    }

    private static IEnumerable<string> LinearNames(IEnumerable<string> names) => names.Where(name => name is Lbfgs or "SDCA" or "SgdCalibrated");

    /// <summary>The default but for a smoke test.</summary>
    private int Trees => smoke ? 2 : 100;

    private IDataView Data(MLContext context, string workload)
    {
        NetworkWorkload shape = NetworkWorkloads.Tabular with { Rows = smoke ? 1_000 : 200_000 };
        if (workload == "sparse_text")
        {
            return DataViews.Texts(context, smoke ? 1_000 : 100_000, smoke ? 2_000 : 100_000, 100);
        }

        shape = workload == "softmax_tabular" ? shape : shape with { Layers = [28, 2] };
        return DataViews.Of(context, shape.Generate(shape), shape.Classes, isSparse: false);
    }

    private IEnumerable<(string Name, Func<IEstimator<ITransformer>> Create)> OfTwoClasses(MLContext context, bool isSparse)
    {
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers = context.BinaryClassification.Trainers;
        yield return (Ours, () => trainers.MiniBatchLogisticRegression());
        yield return (OursTuned, () => trainers.MiniBatchLogisticRegression(OneEpoch(new MiniBatchLogisticRegressionTrainer.Options(), isSparse)));
        yield return (Lbfgs, () => trainers.LbfgsLogisticRegression());
        yield return ("SDCA", () => trainers.SdcaLogisticRegression());
        yield return ("SgdCalibrated", () => trainers.SgdCalibrated());
        yield return ("AveragedPerceptron", () => trainers.AveragedPerceptron());
        if (!isSparse)
        {
            yield return ("EE569 network, 5 epochs", () => trainers.LogisticMlp(numberOfEpochs: 5));
            yield return ("FastTree", () => trainers.FastTree(numberOfTrees: Trees));
            yield return ("LightGBM", () => trainers.LightGbm(numberOfIterations: Trees));
        }
    }

    private IEnumerable<(string Name, Func<IEstimator<ITransformer>> Create)> OfClasses(MLContext context)
    {
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = context.MulticlassClassification.Trainers;
        const string Label = nameof(VectorExample.Class);
        yield return (Ours, () => trainers.SoftmaxRegression(Label));
        yield return (OursTuned, () => trainers.SoftmaxRegression(OneEpoch(new SoftmaxRegressionTrainer.Options { LabelColumnName = Label }, isSparse: false)));
        yield return (Lbfgs, () => trainers.LbfgsMaximumEntropy(Label));
        yield return ("SDCA", () => trainers.SdcaMaximumEntropy(Label));
        yield return ("EE569 network, 5 epochs", () => trainers.SoftmaxMlp(Label, numberOfEpochs: 5));
        yield return ("LightGBM", () => trainers.LightGbm(Label, numberOfIterations: Trees));
    }

    private static TOptions OneEpoch<TOptions>(TOptions options, bool isSparse)
        where TOptions : LinearTrainerOptions
    {
        options.BatchSize = isSparse ? 1024 : 64;
        options.LearningRate = isSparse ? 1 : 0.01;
        options.Optimizer = isSparse ? new AdaGrad<float>() : new Adam<float>();
        options.NumberOfEpochs = 1;
        options.LearningRateSchedule = Schedules.Cosine();
        options.L2Regularization = 0;
        options.ConvergenceTolerance = null;
        options.NumberOfThreads = 1;
        return options;
    }
}
