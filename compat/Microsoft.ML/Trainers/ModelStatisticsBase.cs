using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>How well a linear model fits its training data.</summary>
public class ModelStatisticsBase : ICanSaveModel
{
    internal const string Signature = "ModelStatistics";

    public readonly long TrainingExampleCount;
    public readonly float Deviance;
    public readonly float NullDeviance;
    public readonly int ParametersCount;

    internal ModelStatisticsBase(IHostEnvironment env, long trainingExampleCount, int parametersCount, float deviance, float nullDeviance)
    {
        ArgumentNullException.ThrowIfNull(env);
        (TrainingExampleCount, ParametersCount, Deviance, NullDeviance) = (trainingExampleCount, parametersCount, deviance, nullDeviance);
    }

    internal static ModelStatisticsBase Load(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, ctx.Reader.ReadInt64(), ctx.Reader.ReadInt32(), ctx.Reader.ReadSingle(), ctx.Reader.ReadSingle());

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature, 1);
        ctx.Writer.Write(TrainingExampleCount);
        ctx.Writer.Write(ParametersCount);
        ctx.Writer.Write(Deviance);
        ctx.Writer.Write(NullDeviance);
    }
}
