using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace EE569.Trainers.Internals;

/// <summary>
/// Every member of ML.NET that is needed and not public, in one place. ML.NET closes its base classes and the constructors of its model types
/// to other assemblies; <see cref="UnsafeAccessorAttribute"/> reaches them without reflection at each call. Nothing outside this folder
/// touches an internal member, and <see cref="MLNetCheck"/> tries all of them before the first use.
/// </summary>
internal static class MLNetInternals
{
    private const string CoreAssembly = "Microsoft.ML.Core";
    private const string DataAssembly = "Microsoft.ML.Data";
    internal const string CalibratedType = "Microsoft.ML.Calibrators.ParameterMixingCalibratedModelParameters`2[[!0],[!1]], " + DataAssembly;
    private const string ConcatenateOptionsType = "Microsoft.ML.Data.ColumnConcatenatingTransformer+ColumnOptions, " + DataAssembly;
    private const string ConcatenateOptionsArray = "Microsoft.ML.Data.ColumnConcatenatingTransformer+ColumnOptions[], " + DataAssembly;
    private const string ContractsType = "Microsoft.ML.Runtime.Contracts, " + CoreAssembly;
    private const string EnvironmentType = "Microsoft.ML.Runtime.IHostEnvironmentInternal, " + CoreAssembly;

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern LinearBinaryModelParameters LinearBinary(IHostEnvironment env, in VBuffer<float> weights, float bias, ModelStatisticsBase? stats);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern LinearRegressionModelParameters LinearRegression(IHostEnvironment env, in VBuffer<float> weights, float bias);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern LinearMulticlassModelParameters LinearMulticlass(
        IHostEnvironment env, in VBuffer<float> weights, int numClasses, int numFeatures, string[]? labelNames, ModelStatisticsBase? stats);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MaximumEntropyModelParameters MaximumEntropy(
        IHostEnvironment env, in VBuffer<float> weights, int numClasses, int numFeatures, string[]? labelNames, ModelStatisticsBase? stats);

    /// <summary>The names of a model's classes, or null.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_labelNames")]
    public static extern ref string[]? LabelNames(LinearMulticlassModelParametersBase model);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern TrainerInfo Info(bool normalization, bool calibration, bool caching, bool supportValid, bool supportIncrementalTrain, bool supportTest);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern PlattCalibrator Platt(IHostEnvironment env, double slope, double offset);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern TransformsCatalog Transforms(IHostEnvironment env);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Microsoft.ML.Data.IInternalCatalog.get_Environment")]
    public static extern IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Microsoft.ML.Data.IInternalCatalog.get_Environment")]
    public static extern IHostEnvironment EnvironmentOf(TransformsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Seed")]
    public static extern int? SeedOf([UnsafeAccessorType(EnvironmentType)] object env);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    public static extern SchemaShape ShapeOf(SchemaShape? _, DataViewSchema schema);

    /// <summary>The columns of a transformer from column to column.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field)]
    public static extern ref (string Output, string Input)[] ColumnPairs(OneToOneTransformerBase transformer);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Columns")]
    public static extern IReadOnlyCollection<(string Output, string[] Inputs)> Columns(ColumnConcatenatingTransformer transformer);

    /// <summary>The columns of expressions.</summary>
    public static IReadOnlyList<(string Output, string[] Inputs)> Columns(ExpressionTransformer transformer) =>
        [.. ((Array)Field(transformer, "_columns")).Cast<object>().Select(column => ((string)Field(column, "OutputColumnName"), (string[])Field(column, "InputColumnNames")))];

    /// <summary>Joins columns to a vector.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="output">The vector.</param>
    /// <param name="inputs">The columns and what the names of their slots begin with: null for the column's name, empty for nothing.</param>
    public static ColumnConcatenatingTransformer Concatenate(IHostEnvironment env, string output, (string Name, string? Alias)[] inputs)
    {
        object options = ConcatenateOptions(output, inputs);
        var array = Array.CreateInstance(options.GetType(), 1);
        array.SetValue(options, 0);
        return ConcatenateOf(env, array);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(ConcatenateOptionsType)]
    private static extern object ConcatenateOptions(string name, IEnumerable<(string Name, string? Alias)> sources);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern ColumnConcatenatingTransformer ConcatenateOf(IHostEnvironment env, [UnsafeAccessorType(ConcatenateOptionsArray)] object columns);

    /// <summary>The normaliser (x - offset) scale.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="output">The column it makes.</param>
    /// <param name="input">The column it reads: a vector of Single.</param>
    /// <param name="scale">A factor for each slot.</param>
    /// <param name="offset">An offset for each slot; null for none. Zeros alone are none: ML.NET cannot load a normaliser saved with them.</param>
    public static NormalizingTransformer Affine(IHostEnvironment env, string output, string input, float[] scale, float[]? offset)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var transformer = typeof(NormalizingTransformer);
        var function = (transformer.Assembly.GetType("Microsoft.ML.Transforms.NormalizeTransform+AffineColumnFunction")?.GetMethod("Create", any, [typeof(IHost), typeof(float[]), typeof(float[]), typeof(int[])])
            ?? throw new MissingMethodException("AffineColumnFunction", "Create")).Invoke(null, [env.Register(nameof(NormalizingTransformer)), scale, offset.AsSpan().ContainsAnyExcept(0f) ? offset : null, null]);
        var columnType = transformer.GetNestedType("ColumnOptions", any) ?? throw new MissingMemberException(transformer.FullName, "ColumnOptions");
        var columns = Array.CreateInstance(columnType, 1);
        columns.SetValue(Activator.CreateInstance(columnType, any, null, [output, input, new VectorDataViewType(NumberDataViewType.Single, scale.Length), function], null), 0);
        return (NormalizingTransformer)Activator.CreateInstance(transformer, any, null, [env, columns], null)!;
    }

    /// <summary>Scale and offset of a normaliser's column; null if it is another kind of normaliser.</summary>
    public static (float[] Scale, float[] Offset)? AffineOf(NormalizingTransformer normalizer, int column) => normalizer.GetNormalizerModelParameters(column) switch
    {
        NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> vector =>
            ([.. vector.Scale], vector.Offset.IsDefaultOrEmpty ? new float[vector.Scale.Length] : [.. vector.Offset]),
        NormalizingTransformer.AffineNormalizerModelParameters<float> scalar => ([scalar.Scale], [scalar.Offset]),
        _ => null,
    };

    /// <summary>The threshold of a binary predictor, and the column that it is compared with.</summary>
    /// <param name="transformer">A <see cref="BinaryPredictionTransformer{TModel}"/> of whichever model.</param>
    public static (float Value, string Column) ThresholdOf(ITransformer transformer) =>
        ((float)Field(transformer, "Threshold"), (string)Field(transformer, "ThresholdColumn"));

    private static object Field(object target, string name) =>
        target.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(target)
        ?? throw new MissingFieldException(target.GetType().FullName, name);

    /// <summary>Throws <see cref="OperationCanceledException"/> once the MLContext is cancelled; its CancelExecution is internal in 5.0.1.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "CheckAlive")]
    public static extern void CheckAlive([UnsafeAccessorType(ContractsType)] object? _, IHostEnvironment env);
}

/// <summary>Constructors of the generic transformers: an accessor's type parameters must sit on its class.</summary>
/// <typeparam name="TModel">The model parameters.</typeparam>
internal static class MLNetInternals<TModel>
    where TModel : class
{
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern BinaryPredictionTransformer<TModel> Binary(
        IHostEnvironment env, TModel model, DataViewSchema schema, string feature, string? label, float threshold, string thresholdColumn);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MulticlassPredictionTransformer<TModel> Multiclass(
        IHostEnvironment env, TModel model, DataViewSchema schema, string feature, string? label, string score, string predictedLabel);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern RegressionPredictionTransformer<TModel> Regression(IHostEnvironment env, TModel model, DataViewSchema schema, string feature);
}

/// <summary>The internal model type that ML.NET's calibrated linear trainers return.</summary>
/// <typeparam name="TSubModel">The model that gives the raw score.</typeparam>
/// <typeparam name="TCalibrator">The calibrator that turns the score into a probability.</typeparam>
internal static class MLNetInternals<TSubModel, TCalibrator>
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(MLNetInternals.CalibratedType)]
    public static extern object Calibrated(IHostEnvironment env, TSubModel model, TCalibrator calibrator);
}
