namespace EE569.Trainers.Reading;

/// <summary>What the readers of streamed rows share.</summary>
internal static class StreamedRowExtensions
{
    /// <summary>Sets what the example is to be predicted as, and how much it counts.</summary>
    /// <param name="row">The row.</param>
    /// <param name="task">What the label is.</param>
    /// <param name="label">The class, or the value to predict.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="unit">In what unit the network learns a value to predict; null where that is its own.</param>
    public static void SetLabel(this StreamedRow<float> row, LearningTask task, double label, float weight, LabelUnit? unit)
    {
        if (task == LearningTask.Regression)
        {
            row.SetTarget((float)(unit?.Standardise(label) ?? label));
        }
        else
        {
            row.Label = (int)label;
        }

        row.Weight = weight;
    }
}
