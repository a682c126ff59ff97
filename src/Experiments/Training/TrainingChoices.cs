namespace EE569.Experiments.Training;

/// <summary>What the settings of a training can name.</summary>
internal static class TrainingChoices
{
    public static readonly IReadOnlyList<string> Trainers = [TrainingSettings.SoftmaxMlp, TrainingSettings.SoftmaxRegression, TrainingSettings.MlpRegression];

    public static readonly IReadOnlyDictionary<string, Optimizer<float>> Optimizers = new Dictionary<string, Optimizer<float>>
    {
        ["adam"] = new Adam<float>(),
        ["adamw"] = new AdamW<float>(),
        ["sgd"] = new SGD<float>(),
        ["momentum"] = new Momentum<float>(),
        ["nesterov"] = new Nesterov<float>(),
        ["adagrad"] = new AdaGrad<float>(),
        ["rmsprop"] = new RMSProp<float>(),
    };

    public static readonly IReadOnlyDictionary<string, Schedule> LearningRateSchedules = new Dictionary<string, Schedule>
    {
        ["constant"] = Schedules.Constant,
        ["cosine"] = Schedules.Cosine(),
        ["one-cycle"] = Schedules.OneCycle(),
    };

    public static readonly IReadOnlyDictionary<string, Activation> Activations =
        Enum.GetValues<Activation>().ToDictionary(activation => activation.ToString().ToLowerInvariant());

    /// <summary>Names the first setting that names nothing.</summary>
    public static void Check(TrainingSettings settings, string path)
    {
        (string Setting, string Name, IEnumerable<string> Known)[] choices =
        [
            ("trainer", settings.Trainer, Trainers),
            ("optimizer", settings.Optimizer, Optimizers.Keys),
            ("schedule", settings.Schedule, LearningRateSchedules.Keys),
            ("activation", settings.Activation, Activations.Keys),
        ];
        foreach ((string setting, string name, IEnumerable<string> known) in choices)
        {
            if (!known.Contains(name))
            {
                throw new UserException($"'{path}': there is no {setting} '{name}'. Choose from {string.Join(", ", known)}.");
            }
        }
    }
}
