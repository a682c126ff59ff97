namespace EE569.Trainers.Tasks;

/// <summary>What is learned, and so what a label is.</summary>
internal enum LearningTask
{
    /// <summary>A Boolean label: 0 or 1.</summary>
    Binary,

    /// <summary>A key label: classes 0 … k-1.</summary>
    Multiclass,

    /// <summary>A Single label.</summary>
    Regression,
}
