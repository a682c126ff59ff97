using System.Reflection;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Internals;

/// <summary>
/// Tries every accessor once, so that an ML.NET whose internals differ is reported before any training, with what to do about it.
/// </summary>
internal static class MLNetCheck
{
    /// <summary>The versions whose internals are known.</summary>
    public const string Supported = "5.x";

    private static readonly Lazy<string?> Problem = new(Find);

    /// <summary>Throws if a member is missing.</summary>
    /// <exception cref="NotSupportedException">This ML.NET is not one that the library knows.</exception>
    public static void Run() => Run(Problem.Value);

    internal static void Run(string? problem)
    {
        if (problem is not null)
        {
            throw new NotSupportedException(
                $"EE569.Trainers works with Microsoft.ML {Supported}, but found {Version()}: {problem} Reference a supported version of the package Microsoft.ML.");
        }
    }

    /// <summary>The first member that cannot be reached, or null.</summary>
    internal static string? Find(IEnumerable<Action> attempts)
    {
        try
        {
            foreach (var attempt in attempts)
            {
                attempt();
            }

            return null;
        }
        catch (Exception e) when (e is MissingMemberException or TypeLoadException or BadImageFormatException or InvalidCastException or FileNotFoundException)
        {
            return e.Message;
        }
    }

    private static string? Find()
    {
        var ml = new MLContext(seed: 1);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 1));
        var input = schema.ToSchema();
        var weights = new VBuffer<float>(1, [0f]);
        var biasAndWeights = new VBuffer<float>(2, [0f, 0f]);
        return Find(
        [
            () => MLNetInternals.EnvironmentOf(ml.Regression.Trainers),
            () => MLNetInternals.SeedOf(ml),
            () => MLNetInternals.Info(false, false, false, false, false, false),
            () => MLNetInternals.CheckAlive(null, ml),
            () => MLNetInternals.Transforms(ml),
            () => MLNetInternals.ShapeOf(null, input),
            () => OnnxView.Create(new SchemaOnlyView(input), new SchemaOnlyView(input), new TransformerChain<ITransformer>(), _ => { }),
            () => MLNetInternals.ColumnPairs((OneToOneTransformerBase)MLNetInternals.Transforms(ml).CopyColumns("Copy", "Features").Fit(new SchemaOnlyView(input))),
            () => MLNetInternals.Columns(MLNetInternals.Transforms(ml).Concatenate("Copy", "Features").Fit(new SchemaOnlyView(input))),
            () => MLNetInternals.Columns(MLNetInternals.Transforms(ml).Expression("Copy", "x => x", "Features").Fit(new SchemaOnlyView(input))),
            () => MLNetInternals.EnvironmentOf(ml.Transforms),
            () => MLNetInternals.Concatenate(ml, "Copy", [("Features", "")]),
            () => MLNetInternals.AffineOf(MLNetInternals.Affine(ml, "Scaled", "Features", [1], [1]), 0),
            () => MLNetInternals.ThresholdOf(MLNetInternals<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>.Binary(
                ml,
                (CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>)MLNetInternals<LinearBinaryModelParameters, PlattCalibrator>.Calibrated(
                    ml, MLNetInternals.LinearBinary(ml, weights, 0, null), MLNetInternals.Platt(ml, -1, 0)),
                input, "Features", null, 0, "Score")),
            () => MLNetInternals<MaximumEntropyModelParameters>.Multiclass(
                ml, MLNetInternals.MaximumEntropy(ml, biasAndWeights, 1, 1, null, null), input, "Features", null, "Score", "PredictedLabel"),
            () => MLNetInternals.LabelNames(MLNetInternals.MaximumEntropy(ml, biasAndWeights, 1, 1, null, null)),
            () => MLNetInternals<LinearMulticlassModelParameters>.Multiclass(
                ml, MLNetInternals.LinearMulticlass(ml, biasAndWeights, 1, 1, null, null), input, "Features", null, "Score", "PredictedLabel"),
            () => MLNetInternals<LinearRegressionModelParameters>.Regression(ml, MLNetInternals.LinearRegression(ml, weights, 0), input, "Features"),
        ]);
    }

    private static string Version()
    {
        var assembly = typeof(MLContext).Assembly;
        return assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "an unknown version";
    }
}
