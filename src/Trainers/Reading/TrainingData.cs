namespace EE569.Trainers.Reading;

/// <summary>What a training reads from its view.</summary>
/// <param name="Columns">The columns read.</param>
/// <param name="Train">The examples to learn from.</param>
/// <param name="Validation">The examples set aside, if any.</param>
/// <param name="Rows">Usable examples, both parts together.</param>
/// <param name="IsSparse">Whether most features are 0.</param>
/// <param name="ClassTotals">The summed weights of the usable examples per class; one number where there are no classes.</param>
/// <param name="Skipped">Rows passed over.</param>
/// <param name="Scale">How large features and label are.</param>
/// <param name="Examples">Where the examples are kept until this is disposed.</param>
/// <param name="Preparation">How raw features and label became those of the sources; null where they are as they were read.</param>
/// <param name="Sample">Some prepared rows, where there is a preparation.</param>
/// <param name="Fold">The same with another part set aside, counted from 0; not to be disposed.</param>
internal sealed record TrainingData(
    TrainingColumns Columns,
    DataSource<float> Train,
    DataSource<float>? Validation,
    long Rows,
    bool IsSparse,
    double[] ClassTotals,
    SkippedRows Skipped,
    FeatureScale Scale,
    ExampleStore Examples,
    InputPreparation? Preparation,
    Matrix<float>? Sample,
    Func<int, TrainingData> Fold) : IDisposable
{
    public void Dispose() => Examples.Dispose();
}
