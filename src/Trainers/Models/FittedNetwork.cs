namespace EE569.Trainers;

/// <summary>A trained network with all that it takes to go on training it.</summary>
/// <param name="Network">The network.</param>
/// <param name="Description">Its architecture.</param>
/// <param name="Preparation">How raw features and label became what it reads; null where they are raw.</param>
internal sealed record FittedNetwork(Network<float> Network, Architecture Description, InputPreparation? Preparation);
