namespace EE569.Trainers;

/// <summary>What is learnt from training rows before a network: how to bring raw features, missing ones included, and a number to predict to unit scale.</summary>
/// <param name="Features">For the features.</param>
/// <param name="Label">For the label in regression; null for classes.</param>
internal sealed record InputPreparation(FeatureScaler Features, LabelUnit? Label);
