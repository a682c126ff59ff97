namespace EE569.Experiments.Studies;

/// <summary>What the user chose for a run of studies.</summary>
/// <param name="Size">Quick or the source's own size.</param>
/// <param name="Seed">Governs all random numbers of the run.</param>
/// <param name="CifarFolder">The folder with CIFAR-10's binary batches, or null to use the digits instead.</param>
internal sealed record StudyOptions(StudySize Size = StudySize.Quick, int Seed = 1, string? CifarFolder = null);
