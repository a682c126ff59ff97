namespace Microsoft.ML;

/// <summary>The trainers of EE569.Trainers on the catalogs of an <see cref="MLContext"/>, beside the built-in ones.</summary>
public static class MiniBatchTrainersCatalog
{
    /// <summary>Creates a <see cref="MiniBatchLogisticRegressionTrainer"/>, which predicts a two-valued target with logistic regression.</summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">The label column: Boolean (binary), key (multiclass) or Single (regression).</param>
    /// <param name="featureColumnName">The feature column: a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">A Single column that weighs the examples, or null.</param>
    /// <param name="batchSize">Examples per gradient step; null: by the number of rows.</param>
    /// <param name="numberOfEpochs">The passes over the training data; null: by the number of rows.</param>
    /// <param name="learningRate">The base step size.</param>
    /// <returns>The trainer.</returns>
    public static MiniBatchLogisticRegressionTrainer MiniBatchLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null,
        int? batchSize = null,
        int? numberOfEpochs = null,
        double learningRate = Defaults.LinearLearningRate) =>
        catalog.MiniBatchLogisticRegression(
            Options<MiniBatchLogisticRegressionTrainer.Options>(labelColumnName, featureColumnName, exampleWeightColumnName, batchSize, numberOfEpochs, learningRate));

    /// <summary>Creates a <see cref="MiniBatchLogisticRegressionTrainer"/> with all its options.</summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option cannot be; the exception names it.</exception>
    public static MiniBatchLogisticRegressionTrainer MiniBatchLogisticRegression(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MiniBatchLogisticRegressionTrainer.Options options)
    {
        options = Checked(options);
        var builtIn = catalog.LbfgsLogisticRegression(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName);
        return new MiniBatchLogisticRegressionTrainer(MLNetInternals.EnvironmentOf(catalog), options, builtIn, builtIn.Info);
    }

    /// <summary>Creates a <see cref="SoftmaxRegressionTrainer"/>, which predicts one of several classes with softmax regression.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?, int?, int?, double)" path="/param|/returns|/exception"/>
    public static SoftmaxRegressionTrainer SoftmaxRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null,
        int? batchSize = null,
        int? numberOfEpochs = null,
        double learningRate = Defaults.LinearLearningRate) =>
        catalog.SoftmaxRegression(
            Options<SoftmaxRegressionTrainer.Options>(labelColumnName, featureColumnName, exampleWeightColumnName, batchSize, numberOfEpochs, learningRate));

    /// <summary>Creates a <see cref="SoftmaxRegressionTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static SoftmaxRegressionTrainer SoftmaxRegression(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SoftmaxRegressionTrainer.Options options)
    {
        options = Checked(options);
        var builtIn = catalog.LbfgsMaximumEntropy(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName);
        return new SoftmaxRegressionTrainer(MLNetInternals.EnvironmentOf(catalog), options, builtIn, builtIn.Info);
    }

    /// <summary>Creates a <see cref="LogisticMlpTrainer"/>, which predicts a two-valued target with a feed-forward network.</summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">The label column: Boolean (binary), key (multiclass) or Single (regression).</param>
    /// <param name="featureColumnName">The feature column: a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">A Single column that weighs the examples, or null.</param>
    /// <param name="hiddenLayers">The width of each hidden layer; null for one layer of 256.</param>
    /// <param name="activation">The function after every hidden layer.</param>
    /// <param name="batchSize">Examples per gradient step.</param>
    /// <param name="numberOfEpochs">The most passes over the training data.</param>
    /// <param name="learningRate">The base step size.</param>
    /// <returns>The trainer.</returns>
    public static LogisticMlpTrainer LogisticMlp(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null,
        IReadOnlyList<int>? hiddenLayers = null,
        Activation activation = Defaults.Activation,
        int batchSize = Defaults.BatchSize,
        int numberOfEpochs = Defaults.NetworkEpochs,
        double learningRate = Defaults.NetworkLearningRate) =>
        catalog.LogisticMlp(Options<LogisticMlpTrainer.Options>(labelColumnName, featureColumnName, exampleWeightColumnName, batchSize, numberOfEpochs, learningRate).With(hiddenLayers, activation));

    /// <summary>Creates a <see cref="LogisticMlpTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static LogisticMlpTrainer LogisticMlp(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, LogisticMlpTrainer.Options options)
    {
        options = Checked(options);
        var builtIn = catalog.LbfgsLogisticRegression(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName);
        return new LogisticMlpTrainer(MLNetInternals.EnvironmentOf(catalog), options, builtIn, builtIn.Info);
    }

    /// <summary>Creates a <see cref="SoftmaxMlpTrainer"/>, which predicts one of several classes with a feed-forward network.</summary>
    /// <inheritdoc cref="LogisticMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?, IReadOnlyList{int}?, Activation, int, int, double)" path="/param|/returns|/exception"/>
    public static SoftmaxMlpTrainer SoftmaxMlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null,
        IReadOnlyList<int>? hiddenLayers = null,
        Activation activation = Defaults.Activation,
        int batchSize = Defaults.BatchSize,
        int numberOfEpochs = Defaults.NetworkEpochs,
        double learningRate = Defaults.NetworkLearningRate) =>
        catalog.SoftmaxMlp(Options<SoftmaxMlpTrainer.Options>(labelColumnName, featureColumnName, exampleWeightColumnName, batchSize, numberOfEpochs, learningRate).With(hiddenLayers, activation));

    /// <summary>Creates a <see cref="SoftmaxMlpTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static SoftmaxMlpTrainer SoftmaxMlp(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SoftmaxMlpTrainer.Options options)
    {
        options = Checked(options);
        var builtIn = catalog.LbfgsMaximumEntropy(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName);
        return new SoftmaxMlpTrainer(MLNetInternals.EnvironmentOf(catalog), options, builtIn, builtIn.Info);
    }

    /// <summary>Creates a <see cref="MlpRegressionTrainer"/>, which predicts a number with a feed-forward network.</summary>
    /// <inheritdoc cref="LogisticMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?, IReadOnlyList{int}?, Activation, int, int, double)" path="/param|/returns|/exception"/>
    public static MlpRegressionTrainer MlpRegression(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null,
        IReadOnlyList<int>? hiddenLayers = null,
        Activation activation = Defaults.Activation,
        int batchSize = Defaults.BatchSize,
        int numberOfEpochs = Defaults.NetworkEpochs,
        double learningRate = Defaults.NetworkLearningRate) =>
        catalog.MlpRegression(Options<MlpRegressionTrainer.Options>(labelColumnName, featureColumnName, exampleWeightColumnName, batchSize, numberOfEpochs, learningRate).With(hiddenLayers, activation));

    /// <summary>Creates a <see cref="MlpRegressionTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static MlpRegressionTrainer MlpRegression(this RegressionCatalog.RegressionTrainers catalog, MlpRegressionTrainer.Options options)
    {
        options = Checked(options);
        var builtIn = catalog.Sdca(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName);
        return new MlpRegressionTrainer(MLNetInternals.EnvironmentOf(catalog), options, builtIn, builtIn.Info);
    }

    /// <summary>Creates a <see cref="TabMBinaryTrainer"/>, which predicts a two-valued target with the tabular ensemble TabM from raw features.</summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">The label column: Boolean (binary), key (multiclass) or Single (regression).</param>
    /// <param name="featureColumnName">The feature column: a vector of Single of known size, raw; NaN marks a missing value.</param>
    /// <param name="exampleWeightColumnName">A Single column that weighs the examples, or null.</param>
    /// <returns>The trainer.</returns>
    public static TabMBinaryTrainer TabM(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null) =>
        catalog.TabM(new TabMBinaryTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <summary>Creates a <see cref="TabMBinaryTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static TabMBinaryTrainer TabM(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, TabMBinaryTrainer.Options options)
    {
        options = Checked(options);
        return new TabMBinaryTrainer(MLNetInternals.EnvironmentOf(catalog), options, catalog.LbfgsLogisticRegression(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
    }

    /// <summary>Creates a <see cref="TabMMulticlassTrainer"/>, which predicts one of several classes with the tabular ensemble TabM from raw features.</summary>
    /// <inheritdoc cref="TabM(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?)" path="/param|/returns"/>
    public static TabMMulticlassTrainer TabM(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null) =>
        catalog.TabM(new TabMMulticlassTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <summary>Creates a <see cref="TabMMulticlassTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static TabMMulticlassTrainer TabM(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, TabMMulticlassTrainer.Options options)
    {
        options = Checked(options);
        return new TabMMulticlassTrainer(MLNetInternals.EnvironmentOf(catalog), options, catalog.LbfgsMaximumEntropy(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
    }

    /// <summary>Creates a <see cref="TabMRegressionTrainer"/>, which predicts a number with the tabular ensemble TabM from raw features.</summary>
    /// <inheritdoc cref="TabM(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?)" path="/param|/returns"/>
    public static TabMRegressionTrainer TabM(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null) =>
        catalog.TabM(new TabMRegressionTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <summary>Creates a <see cref="TabMRegressionTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static TabMRegressionTrainer TabM(this RegressionCatalog.RegressionTrainers catalog, TabMRegressionTrainer.Options options)
    {
        options = Checked(options);
        return new TabMRegressionTrainer(MLNetInternals.EnvironmentOf(catalog), options, catalog.Sdca(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
    }

    /// <summary>Creates a <see cref="RealMlpBinaryTrainer"/>, which predicts a two-valued target with the tabular network RealMLP from raw features.</summary>
    /// <inheritdoc cref="TabM(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?)" path="/param|/returns"/>
    public static RealMlpBinaryTrainer RealMlp(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null) =>
        catalog.RealMlp(new RealMlpBinaryTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <summary>Creates a <see cref="RealMlpBinaryTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static RealMlpBinaryTrainer RealMlp(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, RealMlpBinaryTrainer.Options options)
    {
        options = Checked(options);
        return new RealMlpBinaryTrainer(MLNetInternals.EnvironmentOf(catalog), options, catalog.LbfgsLogisticRegression(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
    }

    /// <summary>Creates a <see cref="RealMlpMulticlassTrainer"/>, which predicts one of several classes with the tabular network RealMLP from raw features.</summary>
    /// <inheritdoc cref="TabM(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?)" path="/param|/returns"/>
    public static RealMlpMulticlassTrainer RealMlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null) =>
        catalog.RealMlp(new RealMlpMulticlassTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <summary>Creates a <see cref="RealMlpMulticlassTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static RealMlpMulticlassTrainer RealMlp(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RealMlpMulticlassTrainer.Options options)
    {
        options = Checked(options);
        return new RealMlpMulticlassTrainer(MLNetInternals.EnvironmentOf(catalog), options, catalog.LbfgsMaximumEntropy(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
    }

    /// <summary>Creates a <see cref="RealMlpRegressionTrainer"/>, which predicts a number with the tabular network RealMLP from raw features.</summary>
    /// <inheritdoc cref="TabM(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?)" path="/param|/returns"/>
    public static RealMlpRegressionTrainer RealMlp(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = Defaults.LabelColumnName,
        string featureColumnName = Defaults.FeatureColumnName,
        string? exampleWeightColumnName = null) =>
        catalog.RealMlp(new RealMlpRegressionTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <summary>Creates a <see cref="RealMlpRegressionTrainer"/> with all its options.</summary>
    /// <inheritdoc cref="MiniBatchLogisticRegression(BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)" path="/param|/returns|/exception"/>
    public static RealMlpRegressionTrainer RealMlp(this RegressionCatalog.RegressionTrainers catalog, RealMlpRegressionTrainer.Options options)
    {
        options = Checked(options);
        return new RealMlpRegressionTrainer(MLNetInternals.EnvironmentOf(catalog), options, catalog.Sdca(options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
    }

    private static TOptions Options<TOptions>(string label, string features, string? weight, int? batchSize, int? numberOfEpochs, double learningRate)
        where TOptions : TrainerOptions, new() => new()
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            ExampleWeightColumnName = weight,
            BatchSize = batchSize,
            NumberOfEpochs = numberOfEpochs,
            LearningRate = learningRate,
        };

    private static TOptions With<TOptions>(this TOptions options, IReadOnlyList<int>? hiddenLayers, Activation activation)
        where TOptions : NetworkTrainerOptions
    {
        (options.HiddenLayers, options.Activation) = (hiddenLayers ?? options.HiddenLayers, activation);
        return options;
    }

    /// <summary>A copy of the options, checked before the built-in trainer sees a column name: our errors name the option.</summary>
    private static TOptions Checked<TOptions>(TOptions options)
        where TOptions : TrainerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        MLNetCheck.Run();
        return (TOptions)options.Checked();
    }
}
