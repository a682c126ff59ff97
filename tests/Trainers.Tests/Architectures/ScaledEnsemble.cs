using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using static EE569.Engine.Initializers.Initializers;

namespace EE569.Trainers.Tests.Architectures;

/// <summary>An architecture from outside: a learnt scale for each feature, then members that share a hidden layer and differ in factors of their input.</summary>
internal sealed record ScaledEnsemble : Architecture
{
    public int NumberOfMembers { get; init; } = 3;

    protected override Node<T> Connect<T>(NetworkBuilder<T> builder)
    {
        var scales = builder.Parameter("scales", 1, Inputs, Constant(1), new ParameterGroup { LearningRateFactor = 6, L2Factor = 0 });
        var factors = builder.Parameter("factors", NumberOfMembers, Inputs, Normal(1), new ParameterGroup { L2Factor = 0 });
        var hidden = new ReLU<T>(builder.Linear(new Scale<T>(new Scale<T>(builder.Input, scales), factors), 6, HeNormal));
        return builder.Linear(hidden, Outputs, GlorotUniform);
    }
}

/// <summary>What the trainers need to know of it: a member is two dense layers, the first with the scales and the member's factors in its weights.</summary>
internal sealed class ScaledEnsembleForm : ArchitectureForm
{
    /// <summary>The last network that was trained, for the test.</summary>
    public Engine.Networks.Network<float>? Trained { get; private set; }

    public override Architecture Describe(int features, int outputs, LossFunction loss, ulong seed) =>
        new ScaledEnsemble { Inputs = features, Outputs = outputs, Loss = loss, Seed = seed };

    public override IReadOnlyList<NetworkForm> MembersOf(FittedNetwork fitted)
    {
        var network = Trained = fitted.Network;
        float[] Values(string name) => network.Parameters.Single(parameter => parameter.Name == name).Value.Values.ToArray();
        float[] scales = Values("scales"), factors = Values("factors");
        var (features, inputs) = (new Stage.Features(scales.Length), scales.Length);
        return [.. Enumerable.Range(0, factors.Length / inputs).Select(member => new NetworkForm(
            new Stage.Dense(features, new DenseLayer(inputs, 6, Values("W1"), Values("b1"), Activation.ReLU)
                .WithInputScaling([.. scales.Select((scale, i) => scale * factors[(member * inputs) + i])], new float[inputs])),
            new DenseLayer(6, Values("b2").Length, Values("W2"), Values("b2"), Activation.Identity)))];
    }

    public override float[] ParametersOf(NetworkForm model, Architecture wanted, int[]? order) => throw new ArgumentException("A model of this architecture cannot be continued.");
}

internal sealed class BinaryEnsembleTrainer(IHostEnvironment environment, ScaledEnsembleForm form, LogisticMlpTrainer.Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
    : NetworkTrainerBase<LogisticMlpTransformer, LogisticMlpModelParameters>(environment, options, Tasks.LearningTask.Binary, form, builtIn, info)
{
    private protected override LogisticMlpTransformer Wrap(NetworkForm form, ITransformer chain, Microsoft.ML.DataViewSchema schema, TrainingReport report) =>
        new(new LogisticMlpModelParameters(form), "Features", chain, report);
}

internal sealed class MulticlassEnsembleTrainer(IHostEnvironment environment, ScaledEnsembleForm form, SoftmaxMlpTrainer.Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
    : NetworkTrainerBase<SoftmaxMlpTransformer, SoftmaxMlpModelParameters>(environment, options, Tasks.LearningTask.Multiclass, form, builtIn, info)
{
    private protected override SoftmaxMlpTransformer Wrap(NetworkForm form, ITransformer chain, Microsoft.ML.DataViewSchema schema, TrainingReport report) =>
        new(new SoftmaxMlpModelParameters(form, schema["Label"]), "Features", chain, report);
}

internal sealed class RegressionEnsembleTrainer(IHostEnvironment environment, ScaledEnsembleForm form, MlpRegressionTrainer.Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
    : NetworkTrainerBase<MlpRegressionTransformer, MlpRegressionModelParameters>(environment, options, Tasks.LearningTask.Regression, form, builtIn, info)
{
    private protected override MlpRegressionTransformer Wrap(NetworkForm form, ITransformer chain, Microsoft.ML.DataViewSchema schema, TrainingReport report) =>
        new(new MlpRegressionModelParameters(form), "Features", chain, report);
}
