using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Calibrators;

/// <summary>A model of two classes with the calibrator of its scores.</summary>
public abstract class CalibratedModelParametersBase
{
    private protected CalibratedModelParametersBase(object subModel, ICalibrator calibrator) => (SubModel, Calibrator) = (subModel, calibrator);

    public object SubModel { get; }

    public ICalibrator Calibrator { get; }
}

public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> : CalibratedModelParametersBase
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator) : base(subModel, calibrator)
    {
        ArgumentNullException.ThrowIfNull(subModel);
        ArgumentNullException.ThrowIfNull(calibrator);
    }

    public new TSubModel SubModel => (TSubModel)base.SubModel;

    public new TCalibrator Calibrator => (TCalibrator)base.Calibrator;
}

/// <summary>A calibrated model whose calibrator is monotone, so that parameters and scores are those of the model below.</summary>
internal sealed class ParameterMixingCalibratedModelParameters<TSubModel, TCalibrator>
    : CalibratedModelParametersBase<TSubModel, TCalibrator>, ICanSaveModel, IFeatureScorer<float>
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private readonly IFeatureScorer<float> _scorer;

    internal ParameterMixingCalibratedModelParameters(IHostEnvironment env, TSubModel predictor, TCalibrator calibrator) : base(predictor, calibrator)
    {
        ArgumentNullException.ThrowIfNull(env);
        _scorer = (IFeatureScorer<float>)predictor;
    }

    int IFeatureScorer<float>.FeatureCount => _scorer.FeatureCount;

    void IFeatureScorer<float>.Score(in VBuffer<float> features, ref float score) => _scorer.Score(features, ref score);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.SaveModel((ICanSaveModel)SubModel, "Predictor");
        ctx.SaveModel((ICanSaveModel)Calibrator, "Calibrator");
    }
}

internal static class CalibratedModelParameters
{
    public static object Load(IHostEnvironment env, ModelLoadContext ctx) =>
        new ParameterMixingCalibratedModelParameters<LinearBinaryModelParameters, PlattCalibrator>(
            env, ctx.LoadModel<LinearBinaryModelParameters>(env, "Predictor"), ctx.LoadModel<PlattCalibrator>(env, "Calibrator"));
}
