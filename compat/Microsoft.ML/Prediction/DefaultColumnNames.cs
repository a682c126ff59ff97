namespace Microsoft.ML.Data;

/// <summary>The names of columns that ML.NET agrees on.</summary>
internal static class DefaultColumnNames
{
    public const string Features = nameof(Features);
    public const string Label = nameof(Label);
    public const string Score = nameof(Score);
    public const string Probability = nameof(Probability);
    public const string PredictedLabel = nameof(PredictedLabel);
}
