namespace EE569.Engine.Training;

/// <summary>The validation figure that decides which epoch is best. All but the first are of the predictions: for an ensemble, of the mean over its members.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The loss that is trained with, lower is better: with label smoothing, and for an ensemble the mean of its members' losses.</summary>
    Loss,

    /// <summary>Classes: the mean of -log p of the true class, by example and class weights, lower is better. p is kept a rounding away from 0 and 1.</summary>
    LogLoss,

    /// <summary>Classes: the share of rows whose likeliest class is the true one.</summary>
    Accuracy,

    /// <summary>Classes: the area under the ROC curve; of several classes the mean of those of each class against the others. Keeps a number for every validation row and class.</summary>
    AreaUnderRocCurve,

    /// <summary>Classes: 2 TP / (2 TP + FP + FN) of the second of two classes; of several, the mean over the classes that occur.</summary>
    F1Score,

    /// <summary>Values: the root of the mean squared error, lower is better.</summary>
    RootMeanSquaredError,

    /// <summary>Values: the mean of the errors' magnitudes, lower is better.</summary>
    MeanAbsoluteError,

    /// <summary>Values: the coefficient of determination R^2.</summary>
    RSquared,
}
