using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Data;

/// <summary>Adds Score, the predicted value.</summary>
public sealed class RegressionPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class
{
    internal RegressionPredictionTransformer(IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn)
        : base(env, model, inputSchema, featureColumn, null)
    {
    }

    private protected override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column features = BindFeatures(inputSchema);
        DataViewSchema.Annotations annotations = new ScoreAnnotations(inputSchema, Const.ScoreColumnKind.Regression).Of(Const.ScoreValueKind.Score);
        return new ScoreMapper<float>(features, (IFeatureScorer<float>)Model, new ScoreColumn<float>(
            new(DefaultColumnNames.Score, NumberDataViewType.Single, annotations),
            score => (ValueGetter<float>)((ref float value) => value = score.Current)));
    }

}

internal static class RegressionPredictionTransformer
{
    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (string feature, _, DataViewSchema schema, object model) = PredictionTransformer.LoadColumns(env, ctx);
        return model is LinearRegressionModelParameters linear
            ? new RegressionPredictionTransformer<LinearRegressionModelParameters>(env, linear, schema, feature)
            : throw ctx.Corrupt($"a {model.GetType().Name} is no regression model");
    }
}
