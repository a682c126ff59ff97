namespace EE569.Engine.Losses;

/// <summary>The range of the share of a target that is spread over all classes (Szegedy et al., 2016).</summary>
internal static class LabelSmoothing
{
    public static double Checked(double labelSmoothing) =>
        labelSmoothing is >= 0 and < 1
            ? labelSmoothing
            : throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "LabelSmoothing must be in [0, 1).");
}
