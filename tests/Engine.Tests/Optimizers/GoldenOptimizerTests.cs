using System.Text.Json;
using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Tests.Data;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Optimizers;

/// <summary>Every optimiser follows the path of PyTorch's over 50 steps.</summary>
[TestClass]
public class GoldenOptimizerTests
{
    private static readonly JsonElement Figures = Golden.Load("optimizers.json");

    [TestMethod]
    [DataRow("sgd")]
    [DataRow("momentum")]
    [DataRow("nesterov")]
    [DataRow("adagrad")]
    [DataRow("rmsprop")]
    [DataRow("rmsprop_momentum")]
    [DataRow("adam")]
    [DataRow("adamw")]
    [DataRow("sgd_clipped")]
    public void Trajectory_agrees(string name)
    {
        JsonElement run = Figures.GetProperty("runs").GetProperty(name);
        foreach (JsonProperty shot in run.GetProperty("parameters_after_step").EnumerateObject())
        {
            int steps = int.Parse(shot.Name);
            Golden.AreClose(GoldenNetwork.Flatten(shot.Value), Train(name, run.GetProperty("options"), steps), relative: 1e-11, what: $"step {steps}");
        }
    }

    [TestMethod]
    public void The_optimiser_of_the_documentation_equals_momentum_at_a_tenth_of_the_rate()
    {
        DenseData<double> data = TestData.Circles<double>();
        var options = new TrainingOptions<double> { NumberOfEpochs = 5, LearningRate = 0.5, Optimizer = new AveragedGradient<double>(0.9) };
        Network<double> averaged = TestData.CircleNetwork<double>();
        Network<double> momentum = TestData.CircleNetwork<double>();

        new MiniBatchTrainer<double>(options).Fit(averaged, data);
        new MiniBatchTrainer<double>(options with { LearningRate = 0.05, Optimizer = new Momentum<double>(0.9) }).Fit(momentum, data);

        Golden.AreClose(momentum.CopyParameters(), averaged.CopyParameters(), relative: 1e-10);
    }

    [TestMethod]
    public void A_hyper_parameter_out_of_range_is_named()
    {
        Assert.AreEqual("mu", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Momentum<float>(1)).ParamName);
        Assert.AreEqual("beta2", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Adam<float>(beta2: -0.1)).ParamName);
        Assert.AreEqual("epsilon", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AdaGrad<float>(0)).ParamName);
        Assert.AreEqual("weightDecay", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AdamW<float>(double.NaN)).ParamName);
    }

    private static double[] Train(string name, JsonElement options, int steps)
    {
        Network<double> network = GoldenNetwork.Build<double>(Figures.GetProperty("parameters"), Activation.Tanh);
        var data = new DenseData<double>(Figures.GetProperty("X").Matrix<double>(), Figures.GetProperty("y").Integers());
        int[] order = [.. Figures.GetProperty("batches").EnumerateArray().Take(steps).SelectMany(Golden.Integers)];
        var trainer = new MiniBatchTrainer<double>(new TrainingOptions<double>
        {
            BatchSize = order.Length / steps,
            NumberOfEpochs = 1,
            LearningRate = options.GetProperty("lr").GetDouble(),
            GradientClipNorm = options.TryGetProperty("clip_norm", out JsonElement norm) ? norm.GetDouble() : null,
            Optimizer = Create(name),
            Shuffle = false,
        });
        trainer.Fit(network, new StreamingData<double>(data.Features, () => new ListReader(data, order)));
        return network.CopyParameters();
    }

    private static Optimizer<double> Create(string name) => name switch
    {
        "momentum" => new Momentum<double>(0.9),
        "nesterov" => new Nesterov<double>(0.9),
        "adagrad" => new AdaGrad<double>(),
        "rmsprop" => new RMSProp<double>(0.99),
        "rmsprop_momentum" => new RMSProp<double>(0.99, 0.9),
        "adam" => new Adam<double>(),
        "adamw" => new AdamW<double>(0.01),
        _ => new SGD<double>(),
    };
}
