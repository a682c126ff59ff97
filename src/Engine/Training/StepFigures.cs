namespace EE569.Engine.Training;

/// <summary>What is known of a step, or of shards of it, beside the gradient.</summary>
internal sealed class StepFigures
{
    /// <summary>Numbers of <see cref="CopyTo"/>.</summary>
    public const int Length = 3 + Metric.Length;

    /// <summary>The loss: of a step the weighted mean, of some shards what they add to the unweighted one.</summary>
    public double Loss { get; set; }

    /// <summary>The weight of the examples.</summary>
    public double Weight { get; set; }

    /// <summary>Accuracy or R².</summary>
    public Metric Metric { get; } = new();

    /// <summary>Why the training is to end before this step, or null. A cancellation, of whichever rank, goes before the time.</summary>
    public StopReason? Interruption { get; set; }

    /// <summary>Starts anew.</summary>
    public void Reset()
    {
        (Loss, Weight, Interruption) = (0, 0, null);
        Metric.Reset();
    }

    /// <summary>Adds those of further shards.</summary>
    public void Add(StepFigures other)
    {
        (Loss, Weight) = (Loss + other.Loss, Weight + other.Weight);
        Metric.Add(other.Metric);
    }

    /// <summary>Heeds the interruption of another rank.</summary>
    public void Heed(StopReason? interruption) => Interruption = interruption == StopReason.Cancelled ? interruption : Interruption ?? interruption;

    /// <summary>Writes them to send them.</summary>
    public void CopyTo(Span<double> numbers)
    {
        (numbers[0], numbers[1], numbers[2]) = (Loss, Weight, Interruption is { } reason ? (int)reason : -1);
        Metric.CopyTo(numbers[3..]);
    }

    /// <summary>Reads what <see cref="CopyTo"/> wrote.</summary>
    public void Set(ReadOnlySpan<double> numbers)
    {
        (Loss, Weight, Interruption) = (numbers[0], numbers[1], numbers[2] < 0 ? null : (StopReason)(int)numbers[2]);
        Metric.Set(numbers[3..]);
    }
}
