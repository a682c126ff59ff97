namespace EE569.Trainers;

/// <summary>The checks of <see cref="IClassifierOptions"/>.</summary>
internal static class ClassifierOptions
{
    public static void Validate(IClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.ClassWeights, nameof(options.ClassWeights));
        OptionCheck.That(options.LabelSmoothing is >= 0 and < 1, options.LabelSmoothing, nameof(options.LabelSmoothing), "Must be at least 0 and less than 1.");
    }
}
