using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>One model of two classes per class: its probabilities, scaled to sum to 1, or its scores.</summary>
public sealed class OneVersusAllModelParameters : ModelParametersBase<VBuffer<float>>
{
    private readonly IFeatureScorer<float>[] _models;
    private readonly bool _useProbabilities;

    internal OneVersusAllModelParameters(IHostEnvironment env, IFeatureScorer<float>[] models, bool useProbabilities) : base(env) =>
        (_models, _useProbabilities) = (models, useProbabilities);

    private protected override int FeatureCount => _models[0].FeatureCount;

    internal static OneVersusAllModelParameters Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        int classes = ctx.ReadCount();
        bool useProbabilities = ctx.Reader.ReadBoolean();
        List<IFeatureScorer<float>> models = [];
        for (int k = 0; k < classes; k++)
            models.Add(ctx.LoadModel<IFeatureScorer<float>>(env, PartName(k)));
        if (models.Count == 0 || (useProbabilities && models.Any(model => model is not CalibratedModelParametersBase)))
            throw ctx.Corrupt("its classes lack calibrated models");
        return new(env, [.. models], useProbabilities);
    }

    private protected override void Score(in VBuffer<float> features, ref VBuffer<float> score)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref score, _models.Length);
        float sum = 0;
        for (int k = 0; k < _models.Length; k++)
        {
            _models[k].Score(features, ref editor.Values[k]);
            if (_useProbabilities)
                sum += editor.Values[k] = ((CalibratedModelParametersBase)_models[k]).Calibrator.PredictProbability(editor.Values[k]);
        }
        for (int k = 0; sum > 0 && k < _models.Length; k++)
            editor.Values[k] /= sum;
        score = editor.Commit();
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(_models.Length);
        ctx.Writer.Write(_useProbabilities);
        for (int k = 0; k < _models.Length; k++)
            ctx.SaveModel((ICanSaveModel)_models[k], PartName(k));
    }

    private static string PartName(int k) => $"Class{k}";
}
