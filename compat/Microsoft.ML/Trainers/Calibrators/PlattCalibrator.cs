using Microsoft.ML.Runtime;

namespace Microsoft.ML.Calibrators;

/// <summary>p = 1 / (1 + exp(slope score + offset)).</summary>
public sealed class PlattCalibrator : ICalibrator, ICanSaveModel
{
    internal PlattCalibrator(IHostEnvironment env, double slope, double offset)
    {
        ArgumentNullException.ThrowIfNull(env);
        (Slope, Offset) = (slope, offset);
    }

    public double Slope { get; }

    public double Offset { get; }

    public float PredictProbability(float output) => (float)(1 / (1 + Math.Exp(Slope * output + Offset)));

    internal static PlattCalibrator Load(IHostEnvironment env, ModelLoadContext ctx) => new(env, ctx.Reader.ReadDouble(), ctx.Reader.ReadDouble());

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(Slope);
        ctx.Writer.Write(Offset);
    }
}
