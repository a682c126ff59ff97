namespace EE569.Trainers;

// Defaults of Holzmüller, Grinsztajn, Steinwart, "Better by default", NeurIPS 2024 (RealMLP-TD). Departures, beside those of the engine's RealMlp: batches by the
// number of rows; a missing feature is told by an indicator and becomes the median; the epoch is chosen by log-loss, not by the class error; no label smoothing;
// features of two values and one-hot slots get no waves, nor does any where more than 512 would; an unknown level of two stands for the second, not between them.

/// <summary>Options of the tabular network RealMLP.</summary>
public abstract class RealMlpOptions : TabularTrainerOptions
{
    private static readonly Schedule FourBumps = Schedules.CosineLog(4);

    private protected RealMlpOptions()
    {
        (NumberOfEpochs, LearningRate, Dropout, HiddenLayers) = (256, 0.04, 0.15, [256, 256, 256]);
        (Optimizer, LearningRateSchedule, EarlyStopping) = (new AdamW<float>(0.02, 0.9, 0.95), FourBumps, new() { Patience = int.MaxValue, Metric = DefaultMetric });
    }

    /// <summary>The function of the hidden layers, which is mixed with the identity. Null (the default): SELU for classes, Mish in regression.</summary>
    public Activation? Activation { get; set; }

    /// <summary>Waves that embed a feature; 0: it stands as it is. Default 16.</summary>
    public int Waves { get; set; } = 16;

    /// <summary>Values, beside the feature itself, that its waves become. Default 3.</summary>
    public int EmbeddingSize { get; set; } = 3;

    /// <summary>Deviation of the waves' frequencies at the start. Default 0.1.</summary>
    public double FrequencyScale { get; set; } = 0.1;

    internal override TrainingOptions<float> ToEngine(ulong seed) => base.ToEngine(seed) with { DecaySchedule = Schedules.FlatCosine(0.5), DropoutSchedule = Schedules.FlatCosine(0.5) };

    internal RealMlpForm CreateForm() => new(new()
    {
        Inputs = 1,
        HiddenLayers = HiddenLayers,
        Activation = Activation,
        Dropout = Dropout,
        Waves = Waves,
        EmbeddingSize = EmbeddingSize,
        FrequencyScale = FrequencyScale,
        LabelSmoothing = (this as IClassifierOptions)?.LabelSmoothing ?? 0,
    });
}
