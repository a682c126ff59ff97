using System.ComponentModel.DataAnnotations;

namespace EE569.Trainers;

// Defaults of Gorishniy et al., "TabM", ICLR 2025, and of the authors' package. Departures: 16 members of width 256 rather than 32 of 512, for a processor;
// features centred, scaled by quartiles and clipped smoothly instead of brought to a normal distribution by their quantiles; a missing feature is told by an
// indicator; more than 512 features of three values or more are not embedded; 20 % of the rows validate.

/// <summary>Options of the tabular ensemble TabM.</summary>
public abstract class TabMOptions : TabularTrainerOptions
{
    private protected TabMOptions()
    {
        (NumberOfEpochs, LearningRate, GradientClipNorm, Dropout) = (1000, 2e-3, 1, 0.1);
        (Optimizer, EarlyStopping) = (new AdamW<float>(3e-4), new() { Patience = 16, Metric = DefaultMetric });
    }

    /// <summary>Networks in the ensemble. Default 16.</summary>
    public int NumberOfMembers { get; set; } = 16;

    /// <summary>Whether members have factors before and behind every layer, and biases, of their own: larger and a little better. Default false: factors of the input alone ("mini").</summary>
    public bool IsFull { get; set; }

    /// <summary>Pieces of the broken line that embeds a feature, at most; their edges are quantiles of the training data. Default 48.</summary>
    [Range(1, int.MaxValue)]
    public int MaximumBinCountPerFeature { get; set; } = 48;

    /// <summary>Values that a feature is embedded in. Default 16.</summary>
    public int EmbeddingSize { get; set; } = 16;

    internal TabMForm CreateForm() => new(
        new()
        {
            Inputs = 1,
            NumberOfMembers = NumberOfMembers,
            HiddenLayers = HiddenLayers,
            IsFull = IsFull,
            Dropout = Dropout,
            EmbeddingSize = EmbeddingSize,
            LabelSmoothing = (this as IClassifierOptions)?.LabelSmoothing ?? 0,
        },
        MaximumBinCountPerFeature);
}
