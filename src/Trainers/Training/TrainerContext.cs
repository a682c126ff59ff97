namespace EE569.Trainers.Training;

/// <summary>What a trainer knows of the MLContext it was created in: its seed, its log, and whether it was cancelled, which only ML.NET's own assemblies can do.</summary>
internal sealed class TrainerContext(IHostEnvironment environment, string name)
{
    public IHostEnvironment Environment => environment;

    /// <summary>The seed of the options, else of the MLContext, else a random one.</summary>
    public ulong Seed(int? option) =>
        unchecked((ulong)(option ?? MLNetInternals.SeedOf(environment) ?? Random.Shared.Next()));

    /// <summary>Throws <see cref="OperationCanceledException"/> once the MLContext is cancelled.</summary>
    public void CheckAlive() => MLNetInternals.CheckAlive(null, environment);

    /// <summary>Opens the channel whose messages reach <see cref="MLContext.Log"/>.</summary>
    public IChannel StartChannel() => environment.Start(name);
}
