using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using static EE569.Engine.Initializers.Initializers;

namespace EE569.Engine.Tests;

/// <summary>The new architecture of docs/engine.md: a learnt scale for each feature, then k members that share one hidden layer and differ in factors of their input.</summary>
public sealed record ScaledEnsemble : Architecture
{
    public int NumberOfMembers { get; init; } = 8;

    public int HiddenUnits { get; init; } = 16;

    protected override Node<T> Connect<T>(NetworkBuilder<T> builder)
    {
        var scales = builder.Parameter("scales", 1, Inputs, Constant(1), new ParameterGroup { LearningRateFactor = 6, L2Factor = 0 });
        var factors = builder.Parameter("factors", NumberOfMembers, Inputs, Normal(1), new ParameterGroup { L2Factor = 0 });
        var members = new Scale<T>(new Scale<T>(builder.Input, scales), factors);
        var hidden = new ReLU<T>(builder.Linear(members, HiddenUnits, HeNormal));
        return builder.Linear(builder.Dropout(hidden, 0.1), Outputs, GlorotUniform);
    }
}
