namespace EE569.Trainers.Internals;

/// <summary>The names of ML.NET's output columns.</summary>
internal static class OutputColumns
{
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";
}
